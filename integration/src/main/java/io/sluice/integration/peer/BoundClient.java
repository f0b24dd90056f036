package io.sluice.integration.peer;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.HexFormat;
import java.util.List;

/**
 * A client that leaves from an address and port of its own, as the broker does, and speaks Modbus byte by byte. Requests:
 * {@code connect SOURCE PORT TARGET PORT}, {@code ask HEX} (a request; the answer in hexadecimal), {@code dead} (whether the
 * other end has reset the connection), {@code close}. What does not come is answered with {@code nothing} or {@code reset}.
 */
public final class BoundClient {
    private static final int CONNECT_MILLISECONDS = 2000, ANSWER_MILLISECONDS = 2000, MBAP_LENGTH = 6;

    private Socket socket = new Socket();

    private BoundClient() {}

    public static void main(String[] arguments) throws Exception {
        Asked.serve(new BoundClient()::answer);
    }

    private List<String> answer(String[] words) throws IOException {
        try {
            return List.of(switch (words[0]) {
                case "connect" -> connect(new InetSocketAddress(words[1], Integer.parseInt(words[2])),
                        new InetSocketAddress(words[3], Integer.parseInt(words[4])));
                case "ask" -> ask(HexFormat.of().parseHex(words[1]));
                case "dead" -> Integer.toString(socket.getInputStream().read());
                case "close" -> close();
                default -> "unknown: " + words[0];
            });
        } catch (SocketTimeoutException e) {
            return List.of("nothing");
        } catch (SocketException e) {
            return List.of("reset");
        }
    }

    private String connect(InetSocketAddress source, InetSocketAddress target) throws IOException {
        socket.close();
        socket = new Socket();
        socket.setReuseAddress(true);
        socket.setSoTimeout(ANSWER_MILLISECONDS);
        socket.bind(source);
        socket.connect(target, CONNECT_MILLISECONDS);
        return "connected";
    }

    private String ask(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] head = in.readNBytes(MBAP_LENGTH);
        if (head.length < MBAP_LENGTH) {
            return "closed";
        }
        byte[] body = in.readNBytes((head[4] & 0xFF) << 8 | (head[5] & 0xFF));
        return HexFormat.of().formatHex(head) + HexFormat.of().formatHex(body);
    }

    private String close() throws IOException {
        socket.close();
        return "closed";
    }
}
