package io.sluice.testdata;

import static io.sluice.testdata.PacketBuilder.ACK;
import static io.sluice.testdata.PacketBuilder.FIN;
import static io.sluice.testdata.PacketBuilder.PSH;
import static io.sluice.testdata.PacketBuilder.RST;
import static io.sluice.testdata.PacketBuilder.SYN;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * The frames of one TCP connection, in the order in which a firewall sees them: well behaved by {@link #handshake},
 * {@link #send} and {@link #finish}, and otherwise by {@link #segment}, {@link #retransmit} and {@link #shuffle}. Stream
 * offsets count from 0 at the first byte after the SYN.
 *
 * <pre>{@code
 * TcpConversation talk = new TcpConversation("10.3.1.105", 50_000, "10.3.1.10", 502).handshake()
 *         .send(Side.CLIENT, request).acknowledge(Side.SERVER).send(Side.SERVER, answer).finish(Side.CLIENT);
 * }</pre>
 */
public final class TcpConversation {
    /** The end that opens the connection, and the other. */
    public enum Side {
        CLIENT,
        SERVER;

        public Side other() {
            return this == CLIENT ? SERVER : CLIENT;
        }
    }

    /**
     * A frame.
     *
     * @param from who sent it
     * @param nanoseconds since 1970-01-01 UTC
     */
    @SuppressWarnings("ArrayRecordComponent") // frames are bytes, compared by content where needed
    public record Frame(Side from, long nanoseconds, byte[] bytes) {}

    /** 2026-01-05 06:00:00 UTC; frames are a millisecond apart unless {@link #pause} says otherwise. */
    private static final long START = 1_767_592_800L * 1_000_000_000L, APART = 1_000_000L;

    private static final int SEGMENT = 1460;

    private final String[] addresses;
    private final int[] ports;
    private final int[] initial = {1_000_000, -1000}; // the server's wraps after 1000 bytes
    private final int[] sent = new int[2];
    private final int[] seen = new int[2];
    private final boolean[] finished = new boolean[2];
    private final List<Frame> frames = new ArrayList<>();
    private UnaryOperator<PacketBuilder> change = UnaryOperator.identity();
    private long now = START;

    /** A connection between two addresses, both IPv4 or both IPv6. */
    public TcpConversation(String client, int clientPort, String server, int serverPort) {
        addresses = new String[]{client, server};
        ports = new int[]{clientPort, serverPort};
    }

    /** Sets the sequence number of a side's SYN; before {@link #handshake}. */
    public TcpConversation initialSequence(Side side, int number) {
        initial[side.ordinal()] = number;
        return this;
    }

    /** Changes every frame from now on, such as {@code p -> p.vlan(10).hops(3)}. */
    public TcpConversation each(UnaryOperator<PacketBuilder> how) {
        change = how;
        return this;
    }

    /** Lets time pass before the next frame. */
    public TcpConversation pause(long nanoseconds) {
        now += nanoseconds;
        return this;
    }

    /** SYN, SYN and ACK, ACK. */
    public TcpConversation handshake() {
        byte[] options = new TcpOptions().maximumSegmentSize(SEGMENT).bytes();
        add(Side.CLIENT, packet(Side.CLIENT, -1).flags(SYN).acknowledgment(0).options(options));
        add(Side.SERVER, packet(Side.SERVER, -1).flags(SYN | ACK).options(options));
        return acknowledge(Side.CLIENT);
    }

    /** Sends bytes in one segment that also acknowledges all that the other side sent. */
    public TcpConversation send(Side from, byte[] bytes) {
        segment(from, sent[from.ordinal()], bytes);
        return advance(from, bytes.length);
    }

    /** Sends bytes cut into segments: cuts are rising offsets into the bytes. */
    public TcpConversation send(Side from, byte[] bytes, int... cuts) {
        int start = 0;
        for (int cut : cuts) {
            send(from, Arrays.copyOfRange(bytes, start, cut));
            start = cut;
        }
        return send(from, Arrays.copyOfRange(bytes, start, bytes.length));
    }

    /** Sends bytes in segments of 1 to {@code longest} bytes. */
    public TcpConversation sendCut(Side from, byte[] bytes, int longest, RandomGenerator random) {
        for (int start = 0; start < bytes.length;) {
            int end = Math.min(bytes.length, start + 1 + random.nextInt(longest));
            send(from, Arrays.copyOfRange(bytes, start, end));
            start = end;
        }
        return this;
    }

    /** Sends an acknowledgment alone. */
    public TcpConversation acknowledge(Side from) {
        return add(from, packet(from, sent[from.ordinal()]));
    }

    /** A segment at any offset of the sender's stream, with any bytes; {@link #send} goes on where it was. */
    public TcpConversation segment(Side from, int offset, byte[] bytes) {
        return add(from, packet(from, offset).flags(PSH | ACK).payload(bytes));
    }

    /** A segment like the one that {@link #segment} sends, changed once more. */
    public TcpConversation segment(Side from, int offset, byte[] bytes, UnaryOperator<PacketBuilder> how) {
        return add(from, how.apply(packet(from, offset).flags(PSH | ACK).payload(bytes)));
    }

    /** Moves the sender on without a frame, as if bytes had been sent and lost before the firewall. */
    public TcpConversation advance(Side from, int bytes) {
        sent[from.ordinal()] += bytes;
        seen[from.other().ordinal()] = sent[from.ordinal()];
        return this;
    }

    /** Sends a frame again: 0 is the first of the conversation, -1 the last. */
    public TcpConversation retransmit(int frame) {
        Frame again = frames.get(frame < 0 ? frames.size() + frame : frame);
        now += APART;
        frames.add(new Frame(again.from(), now, again.bytes()));
        return this;
    }

    /** Puts the last frames into another order; their times stay in order. */
    public TcpConversation shuffle(int last, long seed) {
        List<Frame> tail = frames.subList(frames.size() - last, frames.size());
        long[] times = tail.stream().mapToLong(Frame::nanoseconds).toArray();
        Collections.shuffle(tail, Random.from(new SplittableRandom(seed)));
        for (int i = 0; i < last; i++) {
            tail.set(i, new Frame(tail.get(i).from(), times[i], tail.get(i).bytes()));
        }
        return this;
    }

    /** Turns the order of the last frames round; their times stay in order. */
    public TcpConversation reverse(int last) {
        List<Frame> tail = List.copyOf(frames.subList(frames.size() - last, frames.size()));
        for (int i = 0; i < last; i++) {
            Frame other = tail.get(last - 1 - i);
            frames.set(frames.size() - last + i, new Frame(other.from(), tail.get(i).nanoseconds(), other.bytes()));
        }
        return this;
    }

    /** FIN by a side, FIN by the other, and the last ACK. */
    public TcpConversation finish(Side first) {
        return finishOne(first).finishOne(first.other()).acknowledge(first);
    }

    /** FIN by one side alone. */
    public TcpConversation finishOne(Side from) {
        add(from, packet(from, sent[from.ordinal()]).flags(FIN | ACK));
        finished[from.ordinal()] = true;
        return advance(from, 1);
    }

    /** RST with the sequence number that the other side expects. */
    public TcpConversation reset(Side from) {
        return add(from, packet(from, sent[from.ordinal()]).flags(RST | ACK));
    }

    /** The next offset of a side's stream. */
    public int next(Side side) {
        return sent[side.ordinal()] - (finished[side.ordinal()] ? 1 : 0);
    }

    /** The sequence number of an offset of a side's stream. */
    public int sequence(Side side, int offset) {
        return initial[side.ordinal()] + 1 + offset;
    }

    /** A packet of a side at an offset, acknowledging all it has seen, to be changed and {@link #add added}. */
    public PacketBuilder packet(Side from, int offset) {
        int to = from.other().ordinal();
        String ownMac = "02:00:00:00:00:0" + (1 + from.ordinal());
        return PacketBuilder.ethernet(ownMac, "02:00:00:00:00:0" + (1 + to))
                .ip(addresses[from.ordinal()], addresses[to]).tcp(ports[from.ordinal()], ports[to])
                .identification(frames.size()).sequence(sequence(from, offset))
                .acknowledgment(sequence(from.other(), seen[from.ordinal()]));
    }

    /** Adds a frame that a side sends. */
    public TcpConversation add(Side from, PacketBuilder packet) {
        now += APART;
        frames.add(new Frame(from, now, change.apply(packet).build()));
        return this;
    }

    /** All frames so far. */
    public List<Frame> frames() {
        return List.copyOf(frames);
    }

    /** Writes a capture file of all frames so far. */
    public void write(Path file) throws IOException {
        try (PcapWriter writer = new PcapWriter(file)) {
            for (Frame frame : frames) {
                writer.frame(frame.nanoseconds(), frame.bytes());
            }
        }
    }
}
