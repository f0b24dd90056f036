package io.sluice.integration.peer;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Accepts connections and keeps every byte that the process reads from them, in order. */
final class RecordingServerSocket extends ServerSocket {
    private final List<Recorded> connections = new ArrayList<>();

    RecordingServerSocket(InetAddress address, int port) throws IOException {
        setReuseAddress(true);
        bind(new InetSocketAddress(address, port), 256);
    }

    @Override
    public Socket accept() throws IOException {
        Recorded socket = new Recorded();
        implAccept(socket);
        socket.setTcpNoDelay(true);
        synchronized (connections) {
            connections.add(socket);
        }
        return socket;
    }

    /** A line for each connection so far: the other end's address and port, and the bytes it sent. */
    List<String> received() {
        synchronized (connections) {
            return connections.stream().map(Recorded::line).toList();
        }
    }

    void forget() {
        synchronized (connections) {
            connections.clear();
        }
    }

    private static final class Recorded extends Socket {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    int value = super.read();
                    if (value >= 0) {
                        bytes.write(value);
                    }
                    return value;
                }

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    int count = super.read(buffer, offset, length);
                    if (count > 0) {
                        bytes.write(buffer, offset, count);
                    }
                    return count;
                }
            };
        }

        String line() {
            return getInetAddress().getHostAddress() + " " + getPort() + " "
                    + HexFormat.of().formatHex(bytes.toByteArray());
        }
    }
}
