package io.sluice.inline.pipeline;

import io.sluice.capture.port.KernelClock;
import io.sluice.capture.port.LinkState;
import io.sluice.capture.port.Opened;
import io.sluice.capture.port.Port;
import io.sluice.capture.port.PortException;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Looks after what changes beside the traffic: the system's clock, links, interfaces that went away and come back. Its own
 * thread; whatever touches the packet path is done there as an errand.
 */
final class Caretaker implements AutoCloseable {
    private static final long CLOCK_MILLIS = 250;
    private static final int LINK_TURNS = 2;

    private final List<LivePort> ports;
    private final List<PortPlan> plans;
    private final Pipeline pipeline;
    private final LiveClock clock;
    private final BooleanSupplier clockTrusted;
    private final Consumer<String> notes;
    private final LinkState[] links;
    private final String[] reasons;
    private final Thread thread = Thread.ofPlatform().daemon().name("sluice-caretaker").unstarted(this::run);
    private volatile boolean running = true;
    private volatile boolean trusted;

    Caretaker(List<LivePort> ports, List<PortPlan> plans, Pipeline pipeline, LiveClock clock, boolean requireSync,
            Consumer<String> notes) {
        this.ports = ports;
        this.plans = plans;
        this.pipeline = pipeline;
        this.clock = clock;
        this.notes = notes;
        clockTrusted = requireSync ? KernelClock::synchronised : () -> true;
        links = new LinkState[ports.size()];
        Arrays.fill(links, LinkState.UP);
        reasons = new String[ports.size()];
        Arrays.fill(reasons, "");
    }

    /** Sets what has to hold before the first frame, and starts. */
    void start() {
        trust(clockTrusted.getAsBoolean());
        thread.start();
    }

    private void run() {
        for (int turn = 1; running; turn++) {
            try {
                Thread.sleep(CLOCK_MILLIS);
                clock.correct();
                boolean now = clockTrusted.getAsBoolean();
                if (now != trusted) {
                    trust(now);
                    notes.accept(now
                            ? "the clock is synchronised: rules with a window apply"
                            : "the clock is not synchronised: until it is, allows with a window do not apply");
                }
                if (turn % LINK_TURNS == 0) {
                    ports.forEach(this::look);
                }
            } catch (InterruptedException e) {
                return;
            } catch (IllegalStateException e) {
                notes.accept(String.valueOf(e.getMessage()));
            }
        }
    }

    private void trust(boolean now) {
        trusted = now;
        pipeline.ask(judge -> judge.clockTrusted(now));
    }

    private void look(LivePort port) {
        int i = port.number();
        LinkState before = links[i];
        LinkState now = port.port().link();
        if (now == LinkState.GONE) {
            now = reopen(port);
        }
        links[i] = now;
        if (now != before) {
            notes.accept("port `" + port.name() + "` (" + plans.get(i).interfaceName() + ") " + switch (now) {
                case UP -> "is up";
                case DOWN -> "has no link: is the cable in?";
                case GONE -> "is gone: there is no such interface any more; it is opened again as soon as there is";
            });
            if (now != LinkState.UP) {
                pipeline.askReceiver(() -> pipeline.bridge().linkLost(i));
            }
        }
    }

    /** Interfaces keep their name over a change of hardware or driver, but not their number. */
    private LinkState reopen(LivePort port) {
        try {
            Opened opened = plans.get(port.number()).opener().open();
            Port old = port.port();
            reasons[port.number()] = opened.why();
            pipeline.askReceiver(() -> port.port(opened.port()));
            pipeline.ask(judge -> judge.reopened(port));
            pipeline.portsChanged();
            old.close();
            return opened.port().link();
        } catch (PortException e) {
            return LinkState.GONE;
        }
    }

    boolean trusted() {
        return trusted;
    }

    LinkState link(int port) {
        return links[port];
    }

    /** Why a port has the means that it has. */
    String reason(int port) {
        return reasons[port];
    }

    void reason(int port, String why) {
        reasons[port] = why;
    }

    @Override
    public void close() {
        running = false;
        thread.interrupt();
        Threads.join(thread);
    }
}
