package io.sluice.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.replay.RecordedStreams.Connection;
import io.sluice.replay.RecordedStreams.Turn;
import io.sluice.replay.StreamLine.Judged;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Recorded requests changed: written apart from the dissector, by OPC 10000-6 §5.2, for chunks without security that
 * hold one Read, Write or Call.
 */
final class OpcUaBodies {
    private static final int READ = 631, WRITE = 673, CALL = 712;
    private static final int SEQUENCE = 16, BODY = 24;
    /** Bytes of one value of each built-in type that is recorded; 0: a length comes first. */
    private static final int[] SIZES = {0, 1, 1, 1, 2, 2, 4, 4, 8, 8, 4, 8, 0};

    private final ByteBuffer in;
    private final IntUnaryOperator choice;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int copied;

    private OpcUaBodies(byte[] message, IntUnaryOperator choice) {
        in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        this.choice = choice;
    }

    private static List<byte[]> messages(byte[] turn) {
        List<byte[]> messages = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(turn).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            byte[] message = new byte[bytes.getInt(bytes.position() + 4)];
            bytes.get(message);
            messages.add(message);
        }
        return messages;
    }

    /**
     * The requests of a turn with their node ids written otherwise.
     *
     * @param choice which of so many forms a node id gets
     */
    static byte[] rewritten(byte[] turn, IntUnaryOperator choice) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] message : messages(turn)) {
            all.writeBytes(new OpcUaBodies(message, choice).rewrite());
        }
        return all.toByteArray();
    }

    /** A connection without its refused requests but one, and without the answers to them; numbers close the gaps. */
    static Connection withoutRefused(Connection connection, List<Judged> verdicts, int kept) {
        List<Turn> turns = new ArrayList<>();
        int[] gaps = new int[2];
        int at = 0;
        int refused = 0;
        int answered = 0;
        List<Integer> left = new ArrayList<>();
        for (Turn turn : connection.turns()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            int side = turn.fromClient() ? 0 : 1;
            for (byte[] message : messages(turn.bytes())) {
                ByteBuffer fields = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
                boolean allowed = verdicts.get(at++).allowed();
                boolean stays = allowed || (turn.fromClient() ? refused++ == kept : left.get(answered++) == kept);
                if (turn.fromClient() && !allowed) {
                    left.add(refused - 1);
                }
                if (stays) {
                    if (message.length > BODY && message[0] != 'H' && message[0] != 'A' && message[0] != 'O') {
                        fields.putInt(SEQUENCE, fields.getInt(SEQUENCE) - gaps[side]);
                    }
                    bytes.writeBytes(message);
                } else {
                    gaps[side]++;
                }
            }
            if (bytes.size() > 0) {
                turns.add(new Turn(turn.fromClient(), bytes.toByteArray()));
            }
        }
        return new Connection(connection.client(), connection.clientPort(), connection.server(), turns);
    }

    private byte[] rewrite() {
        if (in.get(0) != 'M' || in.get(3) != 'F' || in.getShort(BODY) != 0x0001) {
            return in.array();
        }
        int service = in.getShort(BODY + 2);
        if (service != READ && service != WRITE && service != CALL) {
            return in.array();
        }
        in.position(BODY);
        nodeId();
        nodeId(); // AuthenticationToken
        skip(16);
        string();
        skip(4);
        skip(3); // AdditionalHeader: none
        skip(service == READ ? 12 : 0);
        for (int n = in.getInt(); n > 0; n--) {
            nodeId();
            switch (service) {
                case READ -> {
                    skip(4);
                    string();
                    skip(2);
                    string();
                }
                case WRITE -> {
                    skip(4);
                    string();
                    dataValue();
                }
                default -> {
                    nodeId();
                    for (int arguments = in.getInt(); arguments > 0; arguments--) {
                        variant();
                    }
                }
            }
        }
        assertEquals(in.limit(), in.position(), "the body's end");
        copy(in.limit());
        byte[] message = out.toByteArray();
        ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).putInt(4, message.length);
        return message;
    }

    private void copy(int to) {
        out.write(in.array(), copied, to - copied);
        copied = to;
    }

    private void skip(int bytes) {
        in.position(in.position() + bytes);
    }

    private void string() {
        skip(Math.max(0, in.getInt()));
    }

    private void nodeId() {
        int at = in.position();
        int form = in.get();
        switch (form) {
            case 0 -> numeric(at, 0, in.get() & 255);
            case 1 -> numeric(at, in.get() & 255, Short.toUnsignedInt(in.getShort()));
            case 2 -> numeric(at, Short.toUnsignedInt(in.getShort()), in.getInt());
            case 4 -> skip(18);
            default -> {
                skip(2);
                string();
            }
        }
    }

    /** Writes the number in one of the forms that can hold it. */
    private void numeric(int at, int namespace, int number) {
        copy(at);
        boolean two = namespace == 0 && number >= 0 && number <= 255;
        boolean four = namespace <= 255 && number >= 0 && number <= 65_535;
        List<byte[]> forms = new ArrayList<>();
        if (two) {
            forms.add(new byte[]{0, (byte) number});
        }
        if (four) {
            forms.add(new byte[]{1, (byte) namespace, (byte) number, (byte) (number >> 8)});
        }
        forms.add(new byte[]{2, (byte) namespace, (byte) (namespace >> 8), (byte) number, (byte) (number >> 8),
                (byte) (number >> 16), (byte) (number >>> 24)});
        out.writeBytes(forms.get(choice.applyAsInt(forms.size())));
        copied = in.position();
    }

    private void dataValue() {
        int mask = in.get();
        if ((mask & 1) != 0) {
            variant();
        }
        skip(((mask & 2) != 0 ? 4 : 0) + ((mask & 4) != 0 ? 8 : 0) + ((mask & 16) != 0 ? 2 : 0)
                + ((mask & 8) != 0 ? 8 : 0) + ((mask & 32) != 0 ? 2 : 0));
    }

    private void variant() {
        int head = in.get();
        int type = head & 0x3F;
        for (int n = type == 0 ? 0 : (head & 0x80) != 0 ? in.getInt() : 1; n > 0; n--) {
            if (type == 21) {
                int parts = in.get();
                for (int part = Integer.bitCount(parts); part > 0; part--) {
                    string();
                }
            } else if (type == 12 || type == 15) {
                string();
            } else {
                skip(SIZES[type]);
            }
        }
    }
}
