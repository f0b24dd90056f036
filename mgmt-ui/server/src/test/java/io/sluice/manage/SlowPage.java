package io.sluice.manage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocket;

/** A page's live stream over a socket of its own, with a small window: it reads when it is told to, and counts. */
final class SlowPage implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WINDOW = 16 << 10;
    private static final int PATIENCE_MILLIS = 30_000;

    private final SSLSocket socket;
    private final DataInputStream in;
    private final String request;
    private final StringBuilder text = new StringBuilder();
    /** Told one by one. */
    int events;
    /** Told as missed. */
    long lost;

    SlowPage(Browser of, ManagementServer server, String path) throws Exception {
        socket = (SSLSocket) Browser.trusting(server.certificate().certificate()).getSocketFactory().createSocket();
        socket.setReceiveBufferSize(WINDOW);
        socket.connect(new InetSocketAddress("localhost", server.port()));
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        request = "GET " + path + " HTTP/1.1\r\nHost: localhost:" + server.port() + "\r\nCookie: "
                + of.cookies.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining("; "))
                + "\r\n\r\n";
    }

    /** Asks, and reads the head of the answer and the first chunk. */
    void begin() throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String status = line();
        if (!status.contains(" 200 ")) {
            throw new IOException(status);
        }
        while (!line().isEmpty()) {
        }
        chunk();
    }

    /** Reads on until it knows of so many events. */
    void readUntil(int all) {
        try {
            while (events + lost < all) {
                chunk();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("the stream ended");
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    private void chunk() throws IOException {
        byte[] bytes = new byte[Integer.parseInt(line(), 16)];
        in.readFully(bytes);
        line();
        text.append(new String(bytes, StandardCharsets.UTF_8));
        for (int end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
            message(text.substring(0, end));
            text.delete(0, end + 2);
        }
    }

    private void message(String message) throws IOException {
        int data = message.indexOf("\ndata: ");
        if (data < 0) {
            return;
        }
        JsonNode said = JSON.readTree(message.substring(data + "\ndata: ".length()));
        switch (message.substring(0, data)) {
            case "event: events" -> events += said.size();
            case "event: lost" -> lost += said.get("events").asLong();
            default -> throw new IOException("unexpected " + message);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
