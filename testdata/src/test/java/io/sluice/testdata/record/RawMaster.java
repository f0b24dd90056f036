package io.sluice.testdata.record;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.HexFormat;

/** A master that sends bytes as they are: for functions, shapes and segmentations that a library would not send. */
final class RawMaster implements AutoCloseable {
    private static final int PORT = 502, PATIENCE_MILLISECONDS = 3000;

    private final Socket socket;
    private final OutputStream out;
    private final DataInputStream in;
    private int transaction;

    RawMaster(String address) throws IOException {
        socket = new Socket(address, PORT);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLISECONDS);
        out = socket.getOutputStream();
        in = new DataInputStream(socket.getInputStream());
    }

    /** A request with the next transaction identifier, from unit and PDU in hexadecimal. */
    byte[] message(int unit, String pdu) {
        byte[] body = HexFormat.of().parseHex(pdu.replace(" ", ""));
        transaction++;
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(new byte[]{0, (byte) transaction, 0, 0, 0, (byte) (body.length + 1), (byte) unit});
        message.writeBytes(body);
        return message.toByteArray();
    }

    /** Sends bytes, in one segment as long as it holds them. */
    void send(byte[]... messages) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] message : messages) {
            all.writeBytes(message);
        }
        out.write(all.toByteArray());
    }

    /** Sends bytes in segments that end at the cuts. */
    void sendCut(byte[] bytes, int... cuts) throws IOException, InterruptedException {
        int start = 0;
        for (int cut : cuts) {
            out.write(bytes, start, cut - start);
            Thread.sleep(15);
            start = cut;
        }
        out.write(bytes, start, bytes.length - start);
    }

    /** Waits for answers and prints them. */
    void answers(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            byte[] header = new byte[6];
            in.readFully(header);
            byte[] rest = new byte[Byte.toUnsignedInt(header[4]) << 8 | Byte.toUnsignedInt(header[5])];
            in.readFully(rest);
            System.out.println("answer " + HexFormat.of().formatHex(header) + " "
                    + HexFormat.of().formatHex(Arrays.copyOf(rest, Math.min(rest.length, 16))));
        }
    }

    /** One request, and its answer. */
    void ask(int unit, String pdu) throws IOException {
        send(message(unit, pdu));
        answers(1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
