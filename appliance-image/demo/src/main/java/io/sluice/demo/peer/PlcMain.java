package io.sluice.demo.peer;

import com.ghgande.j2mod.modbus.ModbusIOException;
import com.ghgande.j2mod.modbus.io.AbstractModbusTransport;
import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import com.ghgande.j2mod.modbus.net.AbstractModbusListener;
import com.ghgande.j2mod.modbus.net.TCPSlaveConnection;
import com.ghgande.j2mod.modbus.procimg.ProcessImage;
import com.ghgande.j2mod.modbus.procimg.SimpleProcessImage;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The controller, by j2mod: unit 1 with holding registers. Argument: the address to listen at. Requests: {@code holding N},
 * the value of a register; {@code function N}, how often that function was received.
 */
public final class PlcMain extends AbstractModbusListener {
    private static final int PORT = 502, BACKLOG = 50, UNIT = 1, REGISTERS = 120, FUNCTIONS = 256;
    private static final int FIRST_VALUE = 600, PATIENCE_MILLIS = 60_000;

    private final ServerSocket server;
    private final SimpleProcessImage image = new SimpleProcessImage(UNIT);
    private final AtomicIntegerArray received = new AtomicIntegerArray(FUNCTIONS);

    private PlcMain(InetAddress address) throws IOException {
        server = new ServerSocket(PORT, BACKLOG, address);
        for (int i = 0; i < REGISTERS; i++) {
            image.addRegister(new SimpleRegister(FIRST_VALUE));
        }
    }

    public static void main(String... arguments) throws IOException {
        PlcMain plc = new PlcMain(InetAddress.getByName(arguments[0]));
        Thread.ofPlatform().daemon().start(plc);
        Requests.serve(plc::answer);
    }

    private String answer(String[] words) throws Exception {
        int number = Integer.parseInt(words[1]);
        return switch (words[0]) {
            case "holding" -> "holding " + number + " is " + image.getRegister(number).getValue();
            case "function" -> "function " + number + " came " + received.get(number) + " times";
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    @Override
    public void run() {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread.ofPlatform().daemon().start(() -> serve(socket));
            }
        } catch (IOException e) {
            System.err.println("the controller no longer listens: " + e.getMessage());
        }
    }

    private void serve(Socket socket) {
        TCPSlaveConnection connection = new TCPSlaveConnection(socket);
        connection.setTimeout(PATIENCE_MILLIS);
        try {
            AbstractModbusTransport transport = connection.getModbusTransport();
            while (true) {
                ModbusRequest request = transport.readRequest(this);
                received.incrementAndGet(request.getFunctionCode() & FUNCTIONS - 1);
                transport.writeResponse(request.createResponse(this));
            }
        } catch (ModbusIOException e) {
            // The client has closed, or was cut off.
        } finally {
            connection.close();
        }
    }

    @Override
    public void stop() {}

    @Override
    public ProcessImage getProcessImage(int unit) {
        return image;
    }
}
