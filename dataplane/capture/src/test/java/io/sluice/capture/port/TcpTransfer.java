package io.sluice.capture.port;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.zip.CRC32;

/**
 * A program at either end of a connection: {@code serve PORT BYTES} receives and answers with what it received as a
 * checksum; {@code send HOST PORT BYTES} sends and compares.
 */
final class TcpTransfer {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final int BLOCK = 64 << 10;

    private TcpTransfer() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("serve")) {
            serve(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        } else {
            send(new InetSocketAddress(arguments[1], Integer.parseInt(arguments[2])), Integer.parseInt(arguments[3]));
        }
    }

    private static void serve(int port, int bytes) throws IOException {
        try (ServerSocket server = new ServerSocket(port, 1, InetAddress.ofLiteral("0.0.0.0"))) {
            server.setSoTimeout(PATIENCE_MILLIS);
            System.out.println("ready");
            try (Socket socket = server.accept()) {
                byte[] block = new byte[BLOCK];
                CRC32 sum = new CRC32();
                DataInputStream in = new DataInputStream(socket.getInputStream());
                for (int left = bytes; left > 0; left -= Math.min(left, BLOCK)) {
                    in.readFully(block, 0, Math.min(left, BLOCK));
                    sum.update(block, 0, Math.min(left, BLOCK));
                }
                new DataOutputStream(socket.getOutputStream()).writeLong(sum.getValue());
            }
        }
    }

    private static void send(InetSocketAddress server, int bytes) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(server, PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            byte[] block = new byte[BLOCK];
            CRC32 sum = new CRC32();
            long begin = System.nanoTime();
            for (int left = bytes; left > 0; left -= Math.min(left, BLOCK)) {
                for (int i = 0; i < BLOCK; i += 61) {
                    block[i] = (byte) (left + i);
                }
                sum.update(block, 0, Math.min(left, BLOCK));
                socket.getOutputStream().write(block, 0, Math.min(left, BLOCK));
            }
            boolean same = new DataInputStream(socket.getInputStream()).readLong() == sum.getValue();
            long millis = (System.nanoTime() - begin) / 1_000_000;
            System.out.println((same ? "same" : "other bytes") + " " + (long) bytes * 8 / 1000 / millis + " Mbit/s");
        }
    }
}
