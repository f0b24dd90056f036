package io.sluice.testdata;

import static io.sluice.testdata.PacketBuilder.ACK;
import static io.sluice.testdata.PacketBuilder.FIN;
import static io.sluice.testdata.PacketBuilder.PSH;
import static io.sluice.testdata.PacketBuilder.RST;
import static io.sluice.testdata.PacketBuilder.SYN;

import java.io.IOException;
import java.util.random.RandomGenerator;

/**
 * A master that polls a device over TCP, one request at a time, ends its connection now and then, and comes back. Each
 * {@link #step} gives one frame and plans the next.
 */
final class ModbusConnection {
    private static final long MICROSECOND = 1_000, MILLISECOND = 1_000_000, DELAYED_ACK = 40 * MILLISECOND;
    private static final int[] POLL_MILLISECONDS = {20, 50, 100, 200, 500};

    private enum State {
        SYN,
        SYN_ACK,
        ESTABLISH,
        REQUEST,
        REQUEST_ACK,
        ANSWER,
        ANSWER_ACK,
        FIN,
        FIN_ACK,
        LAST_ACK,
        RESET
    }

    private final ModbusHost master;
    private final ModbusHost device;
    private final ModbusDevice memory;
    private final ModbusRequests requests;
    private final RandomGenerator random;
    private final TrafficCounts counts;
    private final long poll;
    private final TcpEnd client;
    private final TcpEnd server;
    private final byte[] frame = new byte[512];

    private State state = State.SYN;
    private long due;
    private long sentAt;
    private long nextPoll;
    private int requestsLeft;
    private int port;
    private int transaction;

    ModbusConnection(ModbusHost master, ModbusHost device, RandomGenerator random, TrafficCounts counts, long start) {
        this.master = master;
        this.device = device;
        this.random = random;
        this.counts = counts;
        memory = device.memory();
        requests = new ModbusRequests(random);
        poll = POLL_MILLISECONDS[random.nextInt(POLL_MILLISECONDS.length)] * MILLISECOND;
        client = new TcpEnd(master, device, 64_240);
        server = new TcpEnd(device, master, device.acknowledgesAtOnce() ? 4096 : 28_960);
        due = start + random.nextLong(2000 * MILLISECOND);
    }

    /** When the next frame is sent, in nanoseconds since 1970. */
    long due() {
        return due;
    }

    /** Sends the frame that is due. */
    void step(FrameSink sink) throws IOException {
        int size = switch (state) {
            case SYN -> open();
            case SYN_ACK -> send(server, SYN | ACK, State.ESTABLISH, jitter(60));
            case ESTABLISH -> send(client, ACK, State.REQUEST, jitter(400));
            case REQUEST -> request();
            case REQUEST_ACK -> send(server, ACK, State.ANSWER, MILLISECOND + jitter(8000));
            case ANSWER -> answer();
            case ANSWER_ACK -> send(client, ACK, afterAnswer(), Math.max(nextPoll - due, jitter(100)));
            case FIN -> send(client, FIN | ACK, State.FIN_ACK, jitter(300));
            case FIN_ACK -> send(server, FIN | ACK, State.LAST_ACK, jitter(60));
            case LAST_ACK -> close(ACK);
            case RESET -> close(RST | ACK);
        };
        sink.frame(sentAt, frame, size);
        counts.packets++;
        counts.bytes += size;
    }

    private int open() {
        port = master.takePort();
        counts.connections++;
        requestsLeft = random.nextInt(10) < 3 ? 5 + random.nextInt(60) : 500 + random.nextInt(4000);
        transaction = random.nextInt(4) == 0 ? random.nextInt(0x1_0000) : 0;
        client.open(port, ModbusTraffic.PORT, random.nextInt());
        server.open(ModbusTraffic.PORT, port, random.nextInt());
        return send(client, SYN, State.SYN_ACK, jitter(300));
    }

    private int request() {
        transaction = transaction + 1 & 0xFFFF;
        requests.draw(transaction);
        counts.requests++;
        if (requests.aboveLimit()) {
            counts.refusals++;
        }
        requestsLeft--;
        nextPoll = due + poll + jitter(2000);
        client.payload(requests.message(), requests.size());
        boolean pureAcknowledgment = device.acknowledgesAtOnce() && random.nextInt(10) != 0;
        return pureAcknowledgment
                ? send(client, PSH | ACK, State.REQUEST_ACK, jitter(300))
                : send(client, PSH | ACK, State.ANSWER, 400 * MICROSECOND + jitter(6000));
    }

    private int answer() {
        server.payload(memory.answer(), memory.answer(requests.message()));
        long gap = nextPoll - due;
        // The next request carries the acknowledgment if it leaves before the delayed acknowledgment's time is up.
        return gap > DELAYED_ACK || requestsLeft == 0
                ? send(server, PSH | ACK, State.ANSWER_ACK, DELAYED_ACK)
                : send(server, PSH | ACK, State.REQUEST, Math.max(gap, jitter(100)));
    }

    private State afterAnswer() {
        if (requestsLeft > 0) {
            return State.REQUEST;
        }
        return random.nextInt(20) == 0 ? State.RESET : State.FIN;
    }

    private int close(int flags) {
        master.releasePort(port);
        return send(client, flags, State.SYN, 500 * MILLISECOND + jitter(5_000_000));
    }

    private int send(TcpEnd from, int flags, State next, long delay) {
        sentAt = due;
        state = next;
        due += delay;
        return from.write(frame, flags, from == client ? server : client, sentAt);
    }

    private long jitter(int microseconds) {
        return MICROSECOND + random.nextLong(microseconds * MICROSECOND);
    }
}
