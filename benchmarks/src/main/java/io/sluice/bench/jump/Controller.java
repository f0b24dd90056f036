package io.sluice.bench.jump;

import io.sluice.load.rig.Questions;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;

/** A controller in a process of its own that answers reads of registers, V1.1b3 §6.3; asked {@code port}, it says its port. */
public final class Controller {
    static final String ADDRESS = "127.0.0.2";
    private static final int BACKLOG = 256;
    private static final int HEADER_BYTES = 6, REQUEST_BYTES = 6, READ = 3;

    private Controller() {}

    public static void main(String... arguments) throws IOException {
        try (ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.ofLiteral(ADDRESS))) {
            Thread.ofPlatform().daemon().start(() -> accept(server));
            Questions.serve(_ -> List.of(Integer.toString(server.getLocalPort())));
        }
    }

    private static void accept(ServerSocket server) {
        try {
            while (true) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                // Platform threads: a thread that waits in read() wakes up at once.
                Thread.ofPlatform().daemon().start(() -> serve(socket));
            }
        } catch (IOException e) {
            System.err.println("the controller accepts no more: " + e.getMessage());
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            byte[] request = new byte[HEADER_BYTES + REQUEST_BYTES];
            while (true) {
                in.readFully(request);
                if (request[5] != REQUEST_BYTES || request[7] != READ) {
                    throw new IOException("only reads of registers are answered");
                }
                out.write(answer(request));
            }
        } catch (EOFException | SocketException e) {
            // it went
        } catch (IOException e) {
            System.err.println("the controller: " + e.getMessage());
        }
    }

    private static byte[] answer(byte[] request) {
        int bytes = 2 * (request[11] & 255);
        byte[] answer = new byte[Read.HEADER + bytes];
        System.arraycopy(request, 0, answer, 0, 4);
        answer[5] = (byte) (3 + bytes);
        answer[6] = request[6];
        answer[7] = READ;
        answer[8] = (byte) bytes;
        return answer;
    }
}
