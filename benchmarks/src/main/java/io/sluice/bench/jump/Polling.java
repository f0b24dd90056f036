package io.sluice.bench.jump;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Masters, each on a connection of its own, that ask at a steady rate and wait for the answer before they ask again; who was
 * kept waiting catches up. One thread serves them all.
 */
final class Polling implements AutoCloseable {
    static final int PER_SECOND = 50;
    static final long PERIOD = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(30);

    private final Selector selector;
    private final List<Master> masters = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(4096);

    /** What became of requests. */
    static final class Result {
        /** From the request's sending to its whole answer, in nanoseconds. */
        final Histogram nanos = new Histogram(LONGEST, 3);
        long answered;
        /** Answered later than a period after they were due. */
        long late;
        /** Not answered when the time was up, and not within a second more. */
        long lost;
        long took;
    }

    private static final class Master {
        final SocketChannel channel;
        long due;
        long sent;
        boolean waits;
        int got;
        int transaction;
        volatile long died;

        Master(SocketChannel channel) {
            this.channel = channel;
        }
    }

    Polling(List<Ssh> clients) throws IOException {
        selector = Selector.open();
        for (Ssh client : clients) {
            SocketChannel channel = client.connect();
            channel.configureBlocking(false);
            Master master = new Master(channel);
            channel.register(selector, SelectionKey.OP_READ, master);
            masters.add(master);
        }
    }

    /** Has all ask for so long. */
    Result poll(long nanos) throws IOException {
        Result result = new Result();
        long begin = System.nanoTime();
        for (int i = 0; i < masters.size(); i++) {
            masters.get(i).due = begin + PERIOD * i / masters.size();
        }
        long end = begin + nanos;
        for (long now = begin; now - end < 0; now = System.nanoTime()) {
            for (Master master : masters) {
                if (!master.waits && master.died == 0 && now - master.due >= 0) {
                    send(master);
                }
            }
            receive(result);
        }
        result.took = System.nanoTime() - begin;
        long counted = result.answered;
        while (waiting() > 0 && System.nanoTime() - end < TimeUnit.SECONDS.toNanos(1)) {
            receive(result);
        }
        result.answered = counted;
        result.lost = waiting();
        return result;
    }

    private long waiting() {
        return masters.stream().filter(m -> m.waits && m.died == 0).count();
    }

    private void send(Master master) {
        try {
            master.waits = true;
            master.got = 0;
            master.sent = System.nanoTime();
            if (master.channel.write(ByteBuffer.wrap(Read.request(++master.transaction))) < Read.request(0).length) {
                throw new IOException("a request does not fit into the socket");
            }
        } catch (IOException e) {
            dies(master);
        }
    }

    private void receive(Result result) throws IOException {
        selector.select(key -> {
            Master master = (Master) key.attachment();
            try {
                int bytes = master.channel.read(buffer.clear());
                if (bytes < 0) {
                    dies(master);
                } else {
                    received(master, bytes, result);
                }
            } catch (IOException e) {
                dies(master);
            }
        }, 1);
    }

    private void received(Master master, int bytes, Result result) throws IOException {
        master.got += bytes;
        if (master.got < Read.ANSWER_BYTES) {
            return;
        }
        if (master.got > Read.ANSWER_BYTES || (bytes == Read.ANSWER_BYTES && buffer.get(7) != 3)) {
            throw new IOException("not the answer");
        }
        long now = System.nanoTime();
        result.answered++;
        result.nanos.recordValue(Math.min(now - master.sent, LONGEST));
        result.late += now - master.due > PERIOD ? 1 : 0;
        master.due += PERIOD;
        master.waits = false;
    }

    private void dies(Master master) {
        master.died = System.nanoTime();
        try {
            master.channel.close();
        } catch (IOException e) {
            // it is gone in either case
        }
    }

    /** When the connection of a master was found dead, by {@link System#nanoTime}; 0: it is alive. Any thread may ask. */
    long died(int master) {
        return masters.get(master).died;
    }

    /** Connections that ended, revoked ones among them. */
    long dead() {
        return masters.stream().filter(m -> m.died != 0).count();
    }

    @Override
    public void close() throws IOException {
        for (Master master : masters) {
            master.channel.close();
        }
        selector.close();
    }
}
