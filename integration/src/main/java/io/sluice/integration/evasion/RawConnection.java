package io.sluice.integration.evasion;

import static io.sluice.testdata.PacketBuilder.ACK;
import static io.sluice.testdata.PacketBuilder.FIN;
import static io.sluice.testdata.PacketBuilder.PSH;
import static io.sluice.testdata.PacketBuilder.RST;
import static io.sluice.testdata.PacketBuilder.SYN;

import io.sluice.integration.peer.FrameSocket;
import io.sluice.testdata.PacketBuilder;
import io.sluice.testdata.TcpOptions;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * The client's end of a TCP connection that sends what it is told to, right or wrong, and never of its own accord but for
 * acknowledgments. Offsets count the bytes of its stream from 0, the first after the SYN. One thread uses it.
 */
final class RawConnection implements AutoCloseable {
    private static final int SEGMENT = 1400, FIRST_PORT = 20_000, PORTS = 40_000, PATIENCE_MILLISECONDS = 1000,
            AGAIN = 1 << 24;

    private static final AtomicInteger LAST_PORT = new AtomicInteger((int) (System.nanoTime() >>> 20 & 0x3FFF));

    /** Of all connections together: fragments of one must never complete those of another. */
    private static int identification = 1 + (LAST_PORT.get() << 1);

    private final FrameSocket socket;
    private final Ends ends;
    private final int port;
    private int initial = 1_000_000 + (int) (System.nanoTime() & 0xFFFFFF);
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private int expected;
    private int acknowledged;
    private int peerTimestamp;
    private int timestamp;
    private boolean timestamps;
    private boolean open;
    private boolean reset;
    private boolean finished;

    RawConnection(FrameSocket socket, Ends ends) {
        this.socket = socket;
        this.ends = ends;
        port = FIRST_PORT + LAST_PORT.updateAndGet(last -> (last + 1) % PORTS);
    }

    /** Offers timestamps when it opens. */
    RawConnection withTimestamps() {
        timestamps = true;
        timestamp = 1_000_000;
        return this;
    }

    /** SYN, SYN and ACK, ACK; whether the server answered. */
    boolean open() {
        return openHalf() && acknowledge();
    }

    /** SYN, and waits for SYN and ACK; twice at most. */
    boolean openHalf() {
        boolean first = synchronise(new byte[0], PATIENCE_MILLISECONDS);
        return first || synchronise(new byte[0], PATIENCE_MILLISECONDS);
    }

    /** The same once, with bytes in the SYN, which a server without TCP Fast Open passes over: RFC 9293 §3.10.7.2. */
    boolean openHalf(byte[] bytes) {
        return synchronise(bytes, PATIENCE_MILLISECONDS / 4);
    }

    /** Resets the connection and opens another from the same port, whose numbers begin elsewhere; whether the server answered. */
    boolean openAgain() {
        close();
        initial += AGAIN;
        received.reset();
        acknowledged = 0;
        open = false;
        reset = false;
        finished = false;
        return open();
    }

    private boolean synchronise(byte[] bytes, int milliseconds) {
        socket.send(packet(-1).flags(SYN).acknowledgment(0).payload(bytes).options(synOptions()).build());
        return await(() -> open, milliseconds);
    }

    private byte[] synOptions() {
        TcpOptions options = new TcpOptions().maximumSegmentSize(SEGMENT);
        return timestamps ? options.timestamps(timestamp, 0).bytes() : options.bytes();
    }

    boolean acknowledge() {
        return send(packet(acknowledged).flags(ACK));
    }

    /** A segment at an offset that acknowledges all that came, to be changed before it is {@link #send sent}. */
    PacketBuilder packet(int offset) {
        PacketBuilder packet = ends.packet(port).identification(++identification & 0xFFFF)
                .sequence(initial + 1 + offset)
                .acknowledgment(expected).flags(PSH | ACK);
        return timestamps && open
                ? packet.options(new TcpOptions().timestamps(++timestamp, peerTimestamp).bytes())
                : packet;
    }

    /** Options with a timestamp that is older than those sent before. */
    byte[] staleTimestamp() {
        return new TcpOptions().timestamps(timestamp - 500_000, peerTimestamp).bytes();
    }

    boolean send(PacketBuilder packet) {
        socket.send(packet.build());
        return true;
    }

    void sendFrame(byte[] frame) {
        socket.send(frame);
    }

    /** Bytes at an offset, in as many segments as they need. */
    void segment(int offset, byte[] bytes) {
        for (int from = 0; from < bytes.length; from += SEGMENT) {
            int to = Math.min(bytes.length, from + SEGMENT);
            send(packet(offset + from).payload(Arrays.copyOfRange(bytes, from, to)));
        }
    }

    /** Takes what comes until a condition holds; whether it does in time. */
    boolean await(BooleanSupplier condition, int milliseconds) {
        long end = System.nanoTime() + milliseconds * 1_000_000L;
        while (!condition.getAsBoolean()) {
            take();
            if (System.nanoTime() > end) {
                return condition.getAsBoolean();
            }
        }
        return true;
    }

    /** Lets time pass, taking what comes. */
    void pause(int milliseconds) {
        await(() -> false, milliseconds);
    }

    /** Waits until the server has acknowledged up to an offset. */
    boolean awaitAcknowledged(int offset) {
        return await(() -> acknowledged >= offset || reset, PATIENCE_MILLISECONDS) && !reset;
    }

    /** Waits until the server has sent as many bytes. */
    boolean awaitReceived(int bytes, int milliseconds) {
        return await(() -> received.size() >= bytes || isOver(), milliseconds) && received.size() >= bytes;
    }

    private void take() {
        byte[] frame = socket.receive();
        TcpFrame segment = frame == null ? null : TcpFrame.of(frame);
        if (segment != null && segment.destinationPort() == port && segment.sourcePort() == ends.serverPort()) {
            take(segment);
        }
    }

    private void take(TcpFrame segment) {
        if (segment.has(RST)) {
            reset |= open; // before, it answers what was sent without a connection
            return;
        }
        if (segment.has(SYN)) {
            open = true;
            expected = segment.sequence() + 1;
            peerTimestamp = segment.timestamp();
            timestamps &= peerTimestamp != 0;
            return;
        }
        if (segment.has(ACK)) {
            acknowledged = Math.max(acknowledged, segment.acknowledgment() - initial - 1);
        }
        if (segment.sequence() == expected && (segment.payload().length > 0 || segment.has(FIN))) {
            received.writeBytes(segment.payload());
            expected += segment.payload().length + (segment.has(FIN) ? 1 : 0);
            finished |= segment.has(FIN);
            peerTimestamp = segment.timestamp();
            acknowledge();
        } else if (segment.payload().length > 0) {
            acknowledge();
        }
    }

    /** An ICMP error (RFC 792) that quotes what the server has just sent, and says that nobody listens here. */
    PacketBuilder unreachable() {
        return ends.unreachable(port, expected - 1);
    }

    /** The number of the server's next byte, as it goes over the wire. */
    int expected() {
        return expected;
    }

    /** All that the server sent. */
    byte[] received() {
        return received.toByteArray();
    }

    /** How much of the stream the server has. */
    int acknowledged() {
        return acknowledged;
    }

    boolean isReset() {
        return reset;
    }

    /** Reset, or closed by the server. */
    boolean isOver() {
        return reset || finished;
    }

    /** Resets the connection, so that nobody waits for it. */
    @Override
    public void close() {
        if (open && !reset) {
            send(packet(acknowledged).flags(RST | ACK));
        }
    }
}
