package io.sluice.inline.pipeline;

import io.sluice.capture.port.Port;
import io.sluice.inline.Counters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code pipeline: direct}: the receiving thread judges, and sends from the receive ring. For one to three processors. */
final class DirectPipeline implements Pipeline {
    private final Judge judge;
    private final PortTallies received;
    private final Bridge bridge;
    private final Direct receiver;

    DirectPipeline(Switchboard board, LiveClock clock, Threads threads) {
        judge = board.judge(1);
        bridge = board.bridge();
        received = board.received();
        receiver = new Direct(board.ports(), clock, threads);
    }

    private final class Direct extends Receiver {
        Direct(List<LivePort> ports, LiveClock clock, Threads threads) {
            super(ports, DirectPipeline.this.bridge, received, clock, threads);
        }

        @Override
        void quiet(long monotonicNanos) {
            judge.time(monotonicNanos, clock.epochNanos(monotonicNanos));
        }

        @Override
        void batch(LivePort in, Port port, int count, long monotonicNanos) {
            judge.time(monotonicNanos, clock.epochNanos(monotonicNanos));
            int first = Bridge.NOWHERE;
            for (int i = 0; i < count; i++) {
                int route = in.forwards()
                        ? bridge.route(in, port.at(i), port.length(i), monotonicNanos)
                        : Bridge.MIRRORED;
                judge.frame(in, port.at(i), port.length(i), route);
                first = i == 0 ? route : first;
            }
            judge.flush();
            if (first >= 0 && port.stamp(0) != 0) {
                judge.latency(in.number(), first, clock.epochNanos(System.nanoTime()) - port.stamp(0));
            }
            for (int i = 0; i < count; i++) {
                port.release(port.handle(i));
            }
        }
    }

    @Override
    public void start() {
        receiver.start();
    }

    @Override
    public String shape() {
        return "direct";
    }

    @Override
    public List<Judge> judges() {
        return List.of(judge);
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
    public void ask(JudgeErrand errand) {
        receiver.errands.ask(() -> errand.run(judge));
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
    public List<Counters.Ring> rings() {
        return List.of();
    }

    @Override
    public @Nullable Throwable failure() {
        return receiver.failure();
    }

    @Override
    public void stop() {
        receiver.stop();
        judge.close();
    }
}
