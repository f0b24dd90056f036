package io.sluice.testdata.record;

import com.ghgande.j2mod.modbus.ModbusException;
import com.ghgande.j2mod.modbus.ModbusSlaveException;
import com.ghgande.j2mod.modbus.facade.ModbusTCPMaster;
import com.ghgande.j2mod.modbus.io.ModbusTransaction;
import com.ghgande.j2mod.modbus.msg.ReadWriteMultipleRequest;
import com.ghgande.j2mod.modbus.procimg.Register;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import com.ghgande.j2mod.modbus.util.BitVector;
import java.io.EOFException;
import java.util.Arrays;

/** The masters of the recording `line-3`: each argument pair plays one of them, and ends. */
public final class Line3Masters {
    private static final int UNIT = 1, PATIENCE_MILLISECONDS = 3000;

    /** Longer than it takes the rule of two writes a second to fill up again. */
    private static final int APART_MILLISECONDS = 1100;

    private final String address;
    private final ModbusTCPMaster master;

    private Line3Masters(String address) throws Exception {
        this.address = address;
        master = new ModbusTCPMaster(address);
        master.setTimeout(PATIENCE_MILLISECONDS);
        master.setRetries(0);
        master.connect();
    }

    private interface Request {
        void send() throws ModbusException;
    }

    /** Arguments: historian, hmi, engineer or poll; and the address of the slave. */
    public static void main(String[] arguments) throws Exception {
        Line3Masters play = new Line3Masters(arguments[1]);
        switch (arguments[0]) {
            case "historian" -> play.historian();
            case "hmi" -> play.hmi();
            case "engineer" -> play.engineer();
            case "poll" -> play.poll(12);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        play.master.disconnect();
        System.exit(0);
    }

    /** Polls within its rate, then asks for what it may not have, then polls far too fast. */
    private void historian() throws Exception {
        poll(20);
        request("read coils", () -> master.readCoils(UNIT, 0, 16));
        request("read discrete inputs", () -> master.readInputDiscretes(UNIT, 0, 16));
        request("read of unit 2", () -> master.readMultipleRegisters(2, 0, 4));
        request("write", () -> write(100, 1));
        Thread.sleep(3 * APART_MILLISECONDS); // the bucket of 40 is full again
        for (int i = 0; i < 60; i++) {
            request("hasty read", () -> master.readMultipleRegisters(UNIT, 0, 2));
        }
    }

    private void poll(int rounds) throws Exception {
        for (int i = 0; i < rounds; i++) {
            request("read holding", () -> master.readMultipleRegisters(UNIT, 0, 20));
            request("read input", () -> master.readInputRegisters(UNIT, 0, 10));
            Thread.sleep(200);
        }
    }

    private void hmi() throws Exception {
        request("read coils", () -> master.readCoils(UNIT, 0, 16));
        request("read discrete inputs", () -> master.readInputDiscretes(UNIT, 0, 16));
        request("read holding", () -> master.readMultipleRegisters(UNIT, 100, 20));
        request("read input", () -> master.readInputRegisters(UNIT, 0, 125));
        setPointsInside();
        setPointsOutside();
        bitsAndMasks();
        dragSlider();
        unusualFunctions();
    }

    private void setPointsInside() throws Exception {
        apart("write 100 = 750", () -> write(100, 750));
        apart("write 100 = 0", () -> write(100, 0));
        apart("write 119 = 1500", () -> write(119, 1500));
        apart("write 100..103", () -> writeAll(100, 10, 20, 30, 40));
        apart("read 0..9, write 105..106", () -> readWrite(105, 5, 1500));
    }

    private void setPointsOutside() throws Exception {
        apart("write 110 = 1501", () -> write(110, 1501));
        apart("write 110 = 65535", () -> write(110, 65_535));
        apart("write 99 = 10", () -> write(99, 10));
        apart("write 120 = 10", () -> write(120, 10));
        apart("write 118 = 0", () -> write(118, 0));
        apart("write 117..119", () -> writeAll(117, 1, 2, 3));
        apart("write 101..102, one too high", () -> writeAll(101, 20, 1501));
        apart("write 119..120", () -> writeAll(119, 5, 6));
        apart("read 0..9, write 118", () -> readWrite(118, 7));
    }

    private void bitsAndMasks() throws Exception {
        apart("coil 12 on", () -> master.writeCoil(UNIT, 12, true));
        apart("coil 12 off", () -> master.writeCoil(UNIT, 12, false));
        apart("coil 13 on", () -> master.writeCoil(UNIT, 13, true));
        apart("coils 8..15", () -> master.writeMultipleCoils(UNIT, 8, new BitVector(8)));
        apart("mask write 110", () -> master.maskWriteRegister(UNIT, 110, 0xFFF0, 0x0005));
    }

    /** Five permitted set points at once, where two a second are allowed. */
    private void dragSlider() {
        for (int value = 100; value <= 500; value += 100) {
            int set = value;
            request("slider " + set, () -> write(104, set));
        }
    }

    private void unusualFunctions() throws Exception {
        try (RawMaster raw = new RawMaster(address)) {
            raw.ask(UNIT, "2b 0e 01 00"); // read device identification
            Thread.sleep(APART_MILLISECONDS);
            raw.ask(UNIT, "08 00 04 00 00"); // force listen only
            raw.ask(UNIT, "08 00 01 ff 00"); // restart communications, clear the log
        }
        try (RawMaster raw = new RawMaster(address)) {
            raw.ask(0, "06 00 64 00 01"); // write to all units
        }
        try (RawMaster raw = new RawMaster(address)) {
            raw.ask(UNIT, "5a 00 41 ff 00"); // UMAS: stop the controller
        } catch (EOFException e) {
            System.out.println("UMAS stop: j2mod closed the connection");
        }
    }

    /** A laptop that no conduit names: even what the HMI may do is refused. */
    private void engineer() throws Exception {
        apart("read holding", () -> master.readMultipleRegisters(UNIT, 0, 10));
        apart("write 100 = 1000", () -> write(100, 1000));
        apart("write 118 = 2000", () -> write(118, 2000));
        apart("coil 12 on", () -> master.writeCoil(UNIT, 12, true));
    }

    private void write(int register, int value) throws ModbusException {
        master.writeSingleRegister(UNIT, register, new SimpleRegister(value));
    }

    private void writeAll(int first, int... values) throws ModbusException {
        master.writeMultipleRegisters(UNIT, first, registers(values));
    }

    private void readWrite(int first, int... values) throws ModbusException {
        ReadWriteMultipleRequest request = new ReadWriteMultipleRequest(UNIT, 0, 10, first, values.length);
        request.setRegisters(registers(values));
        ModbusTransaction transaction = master.getTransport().createTransaction();
        transaction.setRequest(request);
        transaction.setRetries(0);
        transaction.execute();
    }

    private static Register[] registers(int... values) {
        return Arrays.stream(values).mapToObj(SimpleRegister::new).toArray(Register[]::new);
    }

    private void apart(String what, Request request) throws InterruptedException {
        request(what, request);
        Thread.sleep(APART_MILLISECONDS);
    }

    private void request(String what, Request request) {
        try {
            request.send();
        } catch (ModbusSlaveException e) {
            System.out.println(what + ": exception " + e.getType());
        } catch (ModbusException e) {
            System.out.println(what + ": " + e);
        }
    }
}
