package io.sluice.broker;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A controller on a socket: answers reads of one holding register, and repeats single writes, V1.1b3 §6.3, §6.6. */
final class Device implements AutoCloseable {
    /** What it was asked, in hexadecimal. */
    final List<String> asked = new CopyOnWriteArrayList<>();
    final List<Socket> connections = new CopyOnWriteArrayList<>();
    /** Connections that ended, and by what. */
    final List<String> ends = new CopyOnWriteArrayList<>();
    private final ServerSocket server;

    Device(String address) throws IOException {
        server = new ServerSocket(0, 50, InetAddress.ofLiteral(address));
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                connections.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            while (true) {
                byte[] head = new byte[6];
                in.readFully(head);
                byte[] rest = new byte[((head[4] & 255) << 8) | (head[5] & 255)];
                in.readFully(rest);
                asked.add(HexFormat.of().formatHex(head) + HexFormat.of().formatHex(rest));
                out.write(answer(head, rest));
            }
        } catch (IOException e) {
            ends.add(e.getClass().getSimpleName() + " " + e.getMessage());
        }
    }

    private static byte[] answer(byte[] head, byte[] rest) {
        if (rest[1] != 3) {
            byte[] same = new byte[12];
            System.arraycopy(head, 0, same, 0, 6);
            System.arraycopy(rest, 0, same, 6, 6);
            return same;
        }
        int bytes = 2 * (((rest[4] & 255) << 8) | (rest[5] & 255));
        byte[] answer = new byte[9 + bytes];
        System.arraycopy(head, 0, answer, 0, 4);
        answer[4] = (byte) ((3 + bytes) >> 8);
        answer[5] = (byte) (3 + bytes);
        answer[6] = rest[0];
        answer[7] = 3;
        answer[8] = (byte) bytes;
        for (int i = 0; i < bytes; i += 2) {
            answer[10 + i] = 7;
        }
        return answer;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : connections) {
            socket.close();
        }
    }
}
