package io.sluice.broker.opcua;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One OPC UA connection through a tunnel, after the verdict: in answers that name endpoints, on a channel without security, the
 * device's URLs get host and port by which the client came, so that they lead through the tunnel. Everything else goes on as it
 * is, at once and without a copy; so does an answer that cannot be put right, which is counted.
 *
 * <p>Bytes are whole chunks, as the relay hands them on. Of an answer at most {@link #MOST} bytes are kept, and of all
 * connections' what their {@link Room} has. Nothing that a device sends throws.
 */
public final class Discovery {
    /** The longest answer that is looked into, bytes with headers; a hundred endpoints with their certificates are less. */
    public static final int MOST = 256 * 1024;
    private static final String NO_SECURITY = "http://opcfoundation.org/UA/SecurityPolicy#None";
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int TYPE = 3, SIZE = 4, MESSAGE_HEADER = 8, SEND_BUFFER = 16, ACKNOWLEDGE = 28, POLICY = 12,
            SEQUENCE = 16, REQUEST = 20, NODE_ID = 7;
    /** Both sides must take chunks of so many bytes, OPC 10000-6 §7.1.2.3. */
    private static final int LEAST_CHUNK = 1024;
    private static final int HELLO = 'H' | 'E' << 8 | 'L' << 16, ACK = 'A' | 'C' << 8 | 'K' << 16,
            OPEN = 'O' | 'P' << 8 | 'N' << 16, MESSAGE = 'M' | 'S' << 8 | 'G' << 16, NAME = 0xFF_FFFF;

    private final Target target;
    private final Room room;
    private final Outcomes told;
    private final Numbering numbering = new Numbering();
    private @Nullable Hello hello;
    private @Nullable Gathered gathered;
    private int chunkBytes;
    private boolean plain;
    /** A message of several chunks goes by: what looks like the beginning of another is not. */
    private boolean within;
    /** Nothing is looked into any more. */
    private boolean blind;

    /**
     * A connection that begins.
     *
     * @param device where it leads
     * @param name by which the session calls the device
     * @param told counts what became of each answer that names endpoints
     */
    public Discovery(InetSocketAddress device, String name, Room room, Outcomes told) {
        target = Target.of(device, name);
        this.room = room;
        this.told = told;
    }

    /** What the client sent and may: its Hello is what matters. */
    public void fromClient(MemorySegment bytes, long at, int length) {
        if (hello == null && !blind) {
            int size = length < MESSAGE_HEADER || (bytes.get(INT, at) & NAME) != HELLO ? 0 : bytes.get(INT, at + SIZE);
            hello = size <= 0 || size > length ? null : Hello.of(little(copy(bytes, at, size)));
            blind = hello == null;
        }
    }

    /** What the device sent and may. */
    public void fromDevice(MemorySegment bytes, long at, int length, Sink sink) {
        long from = at;
        long end = at + length;
        while (from < end && !blind) {
            int size = end - from < MESSAGE_HEADER ? 0 : bytes.get(INT, from + SIZE);
            if (size < MESSAGE_HEADER || size > end - from) {
                abandon(Outcome.NOT_DECODED, sink);
                blind = true;
            } else {
                chunk(bytes, from, size, sink);
                from += size;
            }
        }
        if (from < end) {
            sink.add(bytes, from, (int) (end - from));
        }
    }

    /** The connection is over: what was kept is given up. */
    public void close() {
        Gathered answer = gathered;
        if (answer != null) {
            room.give(answer.length());
            gathered = null;
        }
        blind = true;
    }

    private void chunk(MemorySegment bytes, long at, int size, Sink sink) {
        int name = bytes.get(INT, at) & NAME;
        if (name == MESSAGE && plain && size > Gathered.HEADER) {
            message(bytes, at, size, sink);
            return;
        }
        if (gathered != null) {
            abandon(Outcome.NOT_DECODED, sink);
        }
        if (name == OPEN) {
            open(bytes, at, size, sink);
            return;
        }
        Hello from = hello;
        if (name == ACK && size == ACKNOWLEDGE && from != null) {
            int most = bytes.get(INT, at + SEND_BUFFER);
            chunkBytes = Math.min(from.chunkBytes(), most < 0 ? Integer.MAX_VALUE : most);
        }
        sink.add(bytes, at, size);
    }

    /** A channel is opened or renewed: its policy is in the clear, and None means that nothing is signed. */
    private void open(MemorySegment bytes, long at, int size, Sink sink) {
        byte[] raw = copy(bytes, at, size);
        ByteBuffer chunk = little(raw);
        byte[] policy = NO_SECURITY.getBytes(StandardCharsets.US_ASCII);
        int policyEnd = POLICY + Integer.BYTES + policy.length;
        plain = size > policyEnd && chunk.getInt(POLICY) == policy.length
                && Arrays.equals(raw, POLICY + Integer.BYTES, policyEnd, policy, 0, policy.length);
        if (!plain) {
            told.count(Outcome.SECURED);
            blind = true;
            sink.add(bytes, at, size);
            return;
        }
        // Two byte strings lie between policy and sequence number: certificate and thumbprint, here without content.
        int sequence = policyEnd;
        for (int i = 0; i < 2; i++) {
            int length = size - sequence < 2 * Integer.BYTES ? -2 : chunk.getInt(sequence);
            if (length < -1 || length > size - sequence - 2 * Integer.BYTES) {
                blind = true;
                sink.add(bytes, at, size);
                return;
            }
            sequence += Integer.BYTES + Math.max(length, 0);
        }
        numbered(bytes, at, size, sequence, sink);
    }

    private void message(MemorySegment bytes, long at, int size, Sink sink) {
        byte type = bytes.get(ValueLayout.JAVA_BYTE, at + TYPE);
        Gathered answer = gathered;
        if (answer != null && (type == 'A' || answer.request() != bytes.get(INT, at + REQUEST))) {
            abandon(Outcome.NOT_DECODED, sink);
            answer = null;
        }
        if (answer == null && !within && names(bytes, at, size)) {
            answer = begin();
        }
        if (answer == null || !keep(answer, bytes, at, size, sink)) {
            within = type == 'C';
            numbered(bytes, at, size, SEQUENCE, sink);
        } else if (type == 'F') {
            finish(answer, sink);
        }
    }

    private boolean names(MemorySegment bytes, long at, int size) {
        byte[] start = new byte[Math.min(NODE_ID, size - Gathered.HEADER)];
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at + Gathered.HEADER, start, 0, start.length);
        return Answer.begins(start, start.length);
    }

    /** An answer that names endpoints begins; null where nothing could be put right in it. */
    private @Nullable Gathered begin() {
        Hello from = hello;
        if (from == null || from.came().isEmpty()) {
            told.count(Outcome.NO_NAME);
            return null;
        }
        if (chunkBytes < LEAST_CHUNK) {
            told.count(Outcome.NOT_DECODED);
            return null;
        }
        return new Gathered();
    }

    /** Keeps a chunk; false where there is no room for it: then the answer goes on as it was. */
    private boolean keep(Gathered answer, MemorySegment bytes, long at, int size, Sink sink) {
        gathered = answer;
        if (answer.length() + size > MOST || !room.take(size)) {
            abandon(Outcome.TOO_LARGE, sink);
            return false;
        }
        answer.add(bytes, at, size);
        return true;
    }

    /** What was gathered goes on as it came. */
    private void abandon(Outcome why, Sink sink) {
        Gathered answer = gathered;
        if (answer != null) {
            told.count(why);
            asItCame(answer, sink);
        }
    }

    private void asItCame(Gathered answer, Sink sink) {
        gathered = null;
        room.give(answer.length());
        MemorySegment raw = MemorySegment.ofArray(answer.raw());
        for (int at = 0; at < answer.length();) {
            int size = raw.get(INT, at + SIZE);
            numbered(raw, at, size, SEQUENCE, sink);
            at += size;
        }
    }

    private void finish(Gathered answer, Sink sink) {
        byte[] message = answer.message();
        Hello from = hello;
        if (message == null || from == null || from.came().isEmpty()) {
            abandon(Outcome.NOT_DECODED, sink);
            return;
        }
        Answer.Copy copy = Answer.of(message, target, from.came().get(), 2 * MOST);
        int count = answer.chunksOf(copy.message(), chunkBytes);
        boolean fits = within(copy.message().length, from.messageBytes()) && within(count, from.chunks());
        if (copy.outcome() != Outcome.REWRITTEN || !fits) {
            abandon(copy.outcome() == Outcome.REWRITTEN ? Outcome.TOO_LARGE : copy.outcome(), sink);
            return;
        }
        gathered = null;
        room.give(answer.length());
        int number = numbering.message(answer.first(), answer.chunks(), count);
        byte[] chunks = answer.chunked(copy.message(), count, number);
        told.count(Outcome.REWRITTEN);
        sink.add(MemorySegment.ofArray(chunks), 0, chunks.length);
    }

    /** A limit of 0 is none. */
    private static boolean within(int value, int limit) {
        return limit == 0 || value <= limit;
    }

    /** Hands on a chunk with the number that it has for the client. */
    private void numbered(MemorySegment bytes, long at, int size, int sequence, Sink sink) {
        int number = bytes.get(INT, at + sequence);
        int given = numbering.next(number);
        if (given == number) {
            sink.add(bytes, at, size);
            return;
        }
        byte[] chunk = copy(bytes, at, size);
        little(chunk).putInt(sequence, given);
        sink.add(MemorySegment.ofArray(chunk), 0, size);
    }

    private static byte[] copy(MemorySegment bytes, long at, int size) {
        byte[] copy = new byte[size];
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, copy, 0, size);
        return copy;
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
