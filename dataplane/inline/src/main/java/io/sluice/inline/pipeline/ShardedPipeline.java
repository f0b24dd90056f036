package io.sluice.inline.pipeline;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.ExceptionHandler;
import com.lmax.disruptor.PhasedBackoffWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.TimeoutBlockingWaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import io.sluice.capture.port.Port;
import io.sluice.inline.Counters;
import io.sluice.inline.pipeline.PortTallies.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code pipeline: sharded}: one thread receives and finds the way; several judge and send, each the frames of its own pairs
 * of addresses. Between them goes a reference to the frame, which stays in the receive ring. For four processors and more.
 */
final class ShardedPipeline implements Pipeline {
    private static final int RING = 4096;
    private static final int TOGETHER = 64;
    private static final long SPIN_MICROS = 20;
    private static final long YIELD_MICROS = 50;
    private static final long SLEEP_MILLIS = 20;

    private final List<Shard> shards = new ArrayList<>();
    private final PortTallies received;
    private final Bridge bridge;
    private final LiveClock clock;
    private final Dealer receiver;
    private volatile @Nullable Throwable failure;

    ShardedPipeline(Switchboard board, LiveClock clock, Threads threads, int workers) {
        this.clock = clock;
        bridge = board.bridge();
        received = board.received();
        for (int i = 0; i < workers; i++) {
            shards.add(new Shard(board.judge(workers), i, threads));
        }
        receiver = new Dealer(board.ports(), threads);
    }

    /** A frame on its way from the receiving thread to a shard. */
    private static final class Reference {
        @Nullable
        LivePort in;
        @Nullable
        Port port;
        long at;
        int length;
        int route;
        long handle;
        long stamp;
        long monotonicNanos;
    }

    /** A judging thread. */
    private final class Shard implements EventHandler<Reference> {
        final Judge judge;
        final Errands errands = new Errands();
        final Disruptor<Reference> disruptor;
        final RingBuffer<Reference> ring;
        private final @Nullable Port[] used = new @Nullable Port[TOGETHER];
        private final long[] handles = new long[TOGETHER];
        private int together;

        Shard(Judge judge, int index, Threads threads) {
            this.judge = judge;
            disruptor = new Disruptor<>(Reference::new, RING,
                    work -> threads.packetThread("sluice-judge-" + index, index + 1, work), ProducerType.SINGLE,
                    new PhasedBackoffWaitStrategy(SPIN_MICROS, YIELD_MICROS, TimeUnit.MICROSECONDS,
                            new TimeoutBlockingWaitStrategy(SLEEP_MILLIS, TimeUnit.MILLISECONDS)));
            disruptor.handleEventsWith(this);
            disruptor.setDefaultExceptionHandler(new Failures());
            ring = disruptor.getRingBuffer();
        }

        @Override
        public void onEvent(Reference frame, long sequence, boolean endOfBatch) {
            if (together == 0) {
                errands.run();
            }
            judge.time(frame.monotonicNanos, clock.epochNanos(frame.monotonicNanos));
            LivePort in = frame.in;
            if (in == null) {
                return;
            }
            judge.frame(in, frame.at, frame.length, frame.route);
            used[together] = frame.port;
            handles[together++] = frame.handle;
            if (endOfBatch || together == TOGETHER) {
                judge.flush();
                if (frame.route >= 0 && frame.stamp != 0) {
                    judge.latency(in.number(), frame.route, clock.epochNanos(System.nanoTime()) - frame.stamp);
                }
                release();
            }
        }

        private void release() {
            for (int i = 0; i < together; i++) {
                Port port = used[i];
                if (port != null) {
                    port.release(handles[i]);
                }
            }
            together = 0;
        }

        @Override
        public void onTimeout(long sequence) {
            errands.run();
            long now = System.nanoTime();
            judge.time(now, clock.epochNanos(now));
        }
    }

    /** The receiving thread: deals frames out by the pair of addresses they travel between. */
    private final class Dealer extends Receiver {
        Dealer(List<LivePort> ports, Threads threads) {
            super(ports, ShardedPipeline.this.bridge, received, ShardedPipeline.this.clock, threads);
        }

        @Override
        void batch(LivePort in, Port port, int count, long monotonicNanos) {
            for (int i = 0; i < count; i++) {
                long at = port.at(i);
                int length = port.length(i);
                int route = in.forwards() ? bridge.route(in, at, length, monotonicNanos) : Bridge.MIRRORED;
                RingBuffer<Reference> ring = shards.get(Ends.pair(at, length) % shards.size()).ring;
                if (route == Bridge.NOWHERE || !ring.hasAvailableCapacity(1)) {
                    tallies.add(in.number(), Counter.OVERLOAD, route == Bridge.NOWHERE ? 0 : 1);
                    port.release(port.handle(i));
                    continue;
                }
                long sequence = ring.next();
                Reference frame = ring.get(sequence);
                frame.in = in;
                frame.port = port;
                frame.at = at;
                frame.length = length;
                frame.route = route;
                frame.handle = port.handle(i);
                frame.stamp = port.stamp(i);
                frame.monotonicNanos = monotonicNanos;
                ring.publish(sequence);
            }
        }
    }

    /** A judging thread that fails is the end: the supervisor ends the process, and nothing passes unjudged. */
    private final class Failures implements ExceptionHandler<Reference> {
        @Override
        public void handleEventException(Throwable e, long sequence, Reference frame) {
            failure = e;
            throw new IllegalStateException("a judging thread has failed", e);
        }

        @Override
        public void handleOnStartException(Throwable e) {
            failure = e;
        }

        @Override
        public void handleOnShutdownException(Throwable e) {
            failure = e;
        }
    }

    @Override
    public void start() {
        shards.forEach(shard -> shard.disruptor.start());
        receiver.start();
    }

    @Override
    public String shape() {
        return "sharded, " + shards.size() + (shards.size() == 1 ? " worker" : " workers");
    }

    @Override
    public List<Judge> judges() {
        return shards.stream().map(shard -> shard.judge).toList();
    }

    @Override
    public PortTallies received() {
        return received;
    }

    @Override
    public Bridge bridge() {
        return bridge;
    }

    @Override
    public List<Counters.Ring> rings() {
        List<Counters.Ring> rings = new ArrayList<>();
        for (int i = 0; i < shards.size(); i++) {
            rings.add(new Counters.Ring("worker-" + i, RING - shards.get(i).ring.remainingCapacity(), RING));
        }
        return rings;
    }

    @Override
    public void ask(JudgeErrand errand) {
        shards.forEach(shard -> shard.errands.ask(() -> errand.run(shard.judge)));
    }

    @Override
    public void askReceiver(Runnable errand) {
        receiver.errands.ask(errand);
    }

    @Override
    public void portsChanged() {
        receiver.errands.ask(receiver::reopened);
    }

    @Override
    public @Nullable Throwable failure() {
        return failure != null ? failure : receiver.failure();
    }

    @Override
    public void stop() {
        receiver.stop();
        shards.forEach(shard -> shard.disruptor.shutdown());
        shards.forEach(shard -> shard.judge.close());
    }
}
