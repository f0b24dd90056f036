package io.sluice.integration.peer;

import com.ghgande.j2mod.modbus.ModbusIOException;
import com.ghgande.j2mod.modbus.io.AbstractModbusTransport;
import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import com.ghgande.j2mod.modbus.msg.ModbusResponse;
import com.ghgande.j2mod.modbus.net.AbstractModbusListener;
import com.ghgande.j2mod.modbus.net.TCPSlaveConnection;
import com.ghgande.j2mod.modbus.procimg.ProcessImage;
import com.ghgande.j2mod.modbus.procimg.SimpleDigitalIn;
import com.ghgande.j2mod.modbus.procimg.SimpleDigitalOut;
import com.ghgande.j2mod.modbus.procimg.SimpleInputRegister;
import com.ghgande.j2mod.modbus.procimg.SimpleProcessImage;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A controller, by j2mod: unit 1 with 256 registers of both kinds and 256 bits of both kinds. It remembers every request that
 * j2mod understood and every byte that it read.
 *
 * <p>Requests: {@code requests} (a line for each: unit, function, the rest in hexadecimal), {@code bytes} (a line for each
 * connection: address, port, bytes), {@code count}, {@code clear} (forgets both and sets the registers as at first).
 */
public final class ModbusServer extends AbstractModbusListener {
    private static final int SIZE = 256, PATIENCE_MILLISECONDS = 60_000;

    private final RecordingServerSocket server;
    private final List<String> requests = new ArrayList<>();
    private final boolean silent;
    private volatile ProcessImage image = image();

    private ModbusServer(InetAddress address, int port, boolean silent) throws IOException {
        server = new RecordingServerSocket(address, port);
        this.silent = silent;
    }

    /** Arguments: address; port; and, if it is only to record bytes and never to answer, {@code silent}. */
    public static void main(String[] arguments) throws Exception {
        InetAddress address = InetAddress.getByName(arguments[0]);
        ModbusServer server = new ModbusServer(address, Integer.parseInt(arguments[1]),
                List.of(arguments).contains("silent"));
        Thread.ofPlatform().daemon().start(server);
        Asked.serve(server::answer);
    }

    private List<String> answer(String[] words) {
        return switch (words[0]) {
            case "requests" -> requests();
            case "count" -> List.of(Integer.toString(requests().size()));
            case "bytes" -> server.received();
            case "clear" -> clear();
            default -> List.of("unknown: " + words[0]);
        };
    }

    private List<String> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    private List<String> clear() {
        synchronized (requests) {
            requests.clear();
        }
        server.forget();
        image = image();
        return List.of();
    }

    @Override
    public void run() {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread.ofPlatform().daemon().start(silent ? () -> swallow(socket) : () -> serve(socket));
            }
        } catch (IOException e) {
            System.err.println("no longer listening: " + e);
        }
    }

    @Override
    public void stop() {}

    @Override
    public ProcessImage getProcessImage(int unit) {
        return image;
    }

    private void serve(Socket socket) {
        TCPSlaveConnection connection = new TCPSlaveConnection(socket);
        connection.setTimeout(PATIENCE_MILLISECONDS);
        try {
            AbstractModbusTransport transport = connection.getModbusTransport();
            while (true) {
                ModbusRequest request = transport.readRequest(this);
                synchronized (requests) {
                    requests.add(line(request));
                }
                ModbusResponse response = request.getUnitID() == 1
                        ? request.createResponse(this)
                        : request.createExceptionResponse(2);
                transport.writeResponse(response);
            }
        } catch (ModbusIOException | IOException e) {
            // The other end has closed, was cut off, or sent what j2mod does not understand.
        } finally {
            connection.close();
        }
    }

    private static void swallow(Socket socket) {
        try (socket; InputStream in = socket.getInputStream()) {
            byte[] buffer = new byte[4096];
            while (in.read(buffer) >= 0) {
                // kept by the socket
            }
        } catch (IOException e) {
            // The other end was cut off.
        }
    }

    private static String line(ModbusRequest request) throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        request.writeData(new DataOutputStream(data));
        return "unit " + request.getUnitID() + " function " + request.getFunctionCode() + " "
                + HexFormat.of().formatHex(data.toByteArray());
    }

    private static ProcessImage image() {
        SimpleProcessImage image = new SimpleProcessImage(1);
        for (int i = 0; i < SIZE; i++) {
            image.addRegister(new SimpleRegister(1000 + i));
            image.addInputRegister(new SimpleInputRegister(i));
            image.addDigitalOut(new SimpleDigitalOut(i % 2 == 0));
            image.addDigitalIn(new SimpleDigitalIn(i % 3 == 0));
        }
        return image;
    }
}
