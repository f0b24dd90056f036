package io.sluice.inline.pipeline;

import io.sluice.capture.port.Idle;
import io.sluice.capture.port.Port;
import io.sluice.inline.pipeline.PortTallies.Counter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The thread that takes frames from the ports in batches. What becomes of a batch is up to the shape of the pipeline. */
abstract class Receiver {
    final List<LivePort> ports;
    final Bridge bridge;
    final PortTallies tallies;
    final LiveClock clock;
    final Errands errands = new Errands();
    private final Idle idle;
    private final Thread thread;
    private volatile boolean running = true;
    private volatile @Nullable Throwable failure;

    Receiver(List<LivePort> ports, Bridge bridge, PortTallies tallies, LiveClock clock, Threads threads) {
        this.ports = ports;
        this.bridge = bridge;
        this.tallies = tallies;
        this.clock = clock;
        idle = new Idle(opened(), threads.spin());
        thread = threads.packetThread("sluice-receive", 0, this::run);
    }

    /** One batch of a port's frames lies ready: deals with them and releases them, at once or later. */
    abstract void batch(LivePort in, Port port, int count, long monotonicNanos);

    /** No frames came for a while: what is due by the clock can be done. */
    void quiet(long monotonicNanos) {}

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (running) {
                errands.run();
                boolean busy = false;
                for (int i = 0; i < ports.size(); i++) {
                    busy |= receive(ports.get(i));
                }
                if (busy) {
                    idle.busy();
                } else {
                    idle.pause();
                    look();
                }
            }
        } catch (Throwable e) { // the supervisor ends the process: nothing passes unjudged
            failure = e;
        }
        errands.run();
    }

    /** Time passes without frames too: about once in a while of looking, or after each sleep. */
    private void look() {
        if (idle.rested()) {
            quiet(System.nanoTime());
        }
    }

    private boolean receive(LivePort in) {
        Port port = in.port();
        int count = port.receive();
        if (count == 0) {
            return false;
        }
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            bytes += port.length(i);
        }
        tallies.add(in.number(), Counter.FRAMES_IN, count);
        tallies.add(in.number(), Counter.BYTES_IN, bytes);
        batch(in, port, count, System.nanoTime());
        return true;
    }

    /** An interface was opened anew. Receiving thread. */
    void reopened() {
        idle.reopened(opened());
    }

    private List<Port> opened() {
        return ports.stream().map(LivePort::port).toList();
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    void stop() {
        running = false;
        Threads.join(thread);
    }
}
