package io.sluice.integration.peer;

import com.ghgande.j2mod.modbus.ModbusException;
import com.ghgande.j2mod.modbus.ModbusIOException;
import com.ghgande.j2mod.modbus.ModbusSlaveException;
import com.ghgande.j2mod.modbus.facade.ModbusTCPMaster;
import com.ghgande.j2mod.modbus.io.ModbusTransaction;
import com.ghgande.j2mod.modbus.msg.ReadWriteMultipleRequest;
import com.ghgande.j2mod.modbus.msg.ReadWriteMultipleResponse;
import com.ghgande.j2mod.modbus.procimg.InputRegister;
import com.ghgande.j2mod.modbus.procimg.Register;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import com.ghgande.j2mod.modbus.util.BitVector;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A master, by j2mod. Requests: {@code connect ADDRESS PORT}, {@code close}, {@code read SPACE FIRST COUNT},
 * {@code write SPACE FIRST VALUE…}, {@code mask REGISTER AND OR}, {@code exchange FROM COUNT FIRST VALUE…} (function 23).
 * It answers with values, {@code done}, {@code exception N}, or {@code lost} with the time it took when the connection is
 * gone or nothing came.
 */
public final class ModbusClient {
    private static final int UNIT = 1, PATIENCE_MILLISECONDS = 2000;

    private ModbusTCPMaster master = new ModbusTCPMaster("127.0.0.1");

    private ModbusClient() {}

    public static void main(String[] arguments) throws Exception {
        Asked.serve(new ModbusClient()::answer);
    }

    private List<String> answer(String[] words) throws Exception {
        long start = System.nanoTime();
        try {
            return List.of(request(words));
        } catch (ModbusSlaveException e) {
            return List.of("exception " + e.getType());
        } catch (ModbusIOException e) {
            return List.of("lost after " + (System.nanoTime() - start) / 1_000_000 + " ms: " + e.getMessage());
        }
    }

    private String request(String[] words) throws Exception {
        return switch (words[0]) {
            case "connect" -> connect(words[1], Integer.parseInt(words[2]));
            case "close" -> close();
            case "read" -> read(words[1], Integer.parseInt(words[2]), Integer.parseInt(words[3]));
            case "write" -> write(words[1], Integer.parseInt(words[2]), numbers(words, 3));
            case "mask" -> mask(numbers(words, 1));
            case "exchange" -> exchange(numbers(words, 1));
            default -> "unknown: " + words[0];
        };
    }

    private String connect(String address, int port) throws Exception {
        master.disconnect();
        master = new ModbusTCPMaster(address, port, PATIENCE_MILLISECONDS, false);
        master.connect();
        master.setRetries(1); // before, it would be forgotten; and 0 means five
        return "connected";
    }

    private String close() {
        master.disconnect();
        return "closed";
    }

    private String read(String space, int first, int count) throws ModbusException {
        return switch (space) {
            case "coil" -> bits(master.readCoils(UNIT, first, count), count);
            case "discrete" -> bits(master.readInputDiscretes(UNIT, first, count), count);
            case "holding" -> values(master.readMultipleRegisters(UNIT, first, count));
            case "input" -> values(master.readInputRegisters(UNIT, first, count));
            default -> "unknown: " + space;
        };
    }

    private String write(String space, int first, int[] values) throws ModbusException {
        if (space.equals("coil") && values.length == 1) {
            master.writeCoil(UNIT, first, values[0] != 0);
        } else if (space.equals("coil")) {
            BitVector bits = new BitVector(values.length);
            IntStream.range(0, values.length).forEach(i -> bits.setBit(i, values[i] != 0));
            master.writeMultipleCoils(UNIT, first, bits);
        } else if (values.length == 1) {
            master.writeSingleRegister(UNIT, first, new SimpleRegister(values[0]));
        } else {
            master.writeMultipleRegisters(UNIT, first, registers(values));
        }
        return "done";
    }

    private String mask(int[] words) throws ModbusException {
        return master.maskWriteRegister(UNIT, words[0], words[1], words[2]) ? "done" : "not done";
    }

    private String exchange(int[] words) throws ModbusException {
        int[] values = Arrays.copyOfRange(words, 3, words.length);
        ReadWriteMultipleRequest request = new ReadWriteMultipleRequest(UNIT, words[0], words[1], words[2],
                values.length);
        request.setRegisters(registers(values));
        ModbusTransaction transaction = master.getTransport().createTransaction();
        transaction.setRequest(request);
        transaction.setRetries(1);
        transaction.execute();
        return values(((ReadWriteMultipleResponse) transaction.getResponse()).getRegisters());
    }

    private static int[] numbers(String[] words, int from) {
        return Arrays.stream(words).skip(from).mapToInt(Integer::parseInt).toArray();
    }

    private static Register[] registers(int[] values) {
        return Arrays.stream(values).mapToObj(SimpleRegister::new).toArray(Register[]::new);
    }

    private static String values(InputRegister[] registers) {
        return Arrays.stream(registers).map(register -> Integer.toString(register.getValue()))
                .collect(Collectors.joining(" "));
    }

    private static String bits(BitVector bits, int count) {
        return IntStream.range(0, count).mapToObj(i -> bits.getBit(i) ? "1" : "0").collect(Collectors.joining(" "));
    }
}
