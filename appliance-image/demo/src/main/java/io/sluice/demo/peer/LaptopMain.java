package io.sluice.demo.peer;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.HexFormat;

/**
 * A laptop that nobody announced. It makes its requests by hand, byte by byte, as somebody would who means harm. Argument: its
 * own address. Requests: {@code send ADDRESS HEX}, a Modbus PDU to the controller; {@code connect ADDRESS PORT}.
 */
public final class LaptopMain {
    private static final int MODBUS = 502, UNIT = 1, PATIENCE_MILLIS = 2000, HEADER = 7;

    private final InetAddress own;

    private LaptopMain(InetAddress own) {
        this.own = own;
    }

    public static void main(String... arguments) throws IOException {
        LaptopMain laptop = new LaptopMain(InetAddress.getByName(arguments[0]));
        Requests.serve(laptop::answer);
    }

    private String answer(String[] words) throws IOException {
        return switch (words[0]) {
            case "send" -> said(() -> send(words[1], HexFormat.of().parseHex(words[2])));
            case "connect" -> said(() -> {
                connect(words[1], Integer.parseInt(words[2])).close();
                return "connected";
            });
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private interface Attempt {
        String run() throws IOException;
    }

    private static String said(Attempt attempt) throws IOException {
        try {
            return attempt.run();
        } catch (SocketTimeoutException e) {
            return "no answer";
        } catch (ConnectException e) {
            return "connection refused";
        } catch (SocketException e) {
            return String.valueOf(e.getMessage()).contains("reset") ? "connection reset" : "connection lost";
        }
    }

    private String send(String address, byte[] pdu) throws IOException {
        try (Socket socket = connect(address, MODBUS)) {
            socket.getOutputStream().write(adu(pdu));
            byte[] answer = socket.getInputStream().readNBytes(HEADER + 1);
            if (answer.length <= HEADER) {
                return "connection closed";
            }
            boolean exception = (answer[HEADER] & 0x80) != 0;
            return exception ? "an exception" : "an answer";
        }
    }

    /** MBAP header: transaction, protocol 0, length of what follows, unit (Modbus Messaging on TCP/IP V1.0b §3.1.3). */
    private static byte[] adu(byte[] pdu) {
        byte[] adu = new byte[HEADER + pdu.length];
        adu[1] = 1;
        adu[5] = (byte) (1 + pdu.length);
        adu[6] = UNIT;
        System.arraycopy(pdu, 0, adu, HEADER, pdu.length);
        return adu;
    }

    private Socket connect(String address, int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.bind(new InetSocketAddress(own, 0));
            socket.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
