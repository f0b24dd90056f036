package io.sluice.inline.pipeline;

import io.sluice.capture.port.Opened;
import io.sluice.capture.port.PortException;
import io.sluice.engine.Grants;
import io.sluice.engine.Grants.Outcome;
import io.sluice.inline.Counters;
import io.sluice.inline.Dataplane;
import io.sluice.inline.DataplaneStatus;
import io.sluice.inline.FlowBinding;
import io.sluice.inline.event.EventReader;
import io.sluice.inline.event.VerdictTallies;
import io.sluice.rules.CompiledGrant;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.PolicyChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/** The packet path of a running firewall: opens ports, starts threads, and does what control asks. */
public final class LiveDataplane implements Dataplane, AutoCloseable {
    private final List<PortPlan> plans;
    private final List<LivePort> ports = new ArrayList<>();
    private final LiveClock clock = new LiveClock();
    private final PathOptions options;
    private final Pipeline pipeline;
    private final EventReader events;
    private final CounterBook counters;
    private final Caretaker caretaker;
    private volatile boolean draining;
    private boolean stopped;
    private CompiledPolicy current;

    /**
     * Opens the ports. Nothing passes before {@link #start}.
     *
     * @param handler hears what happens, on a thread of its own
     * @param notes hears, in sentences, what a person should know
     * @throws PortException a port cannot be opened; those opened before are closed again
     */
    public LiveDataplane(List<PortPlan> plans, PathOptions options, CompiledPolicy policy, EventReader.Handler handler,
            Consumer<String> notes) throws PortException {
        this.plans = List.copyOf(plans);
        this.options = options;
        current = policy;
        WarmUp.run(); // before frames wait in rings
        List<String> reasons = open(plans);
        Switchboard board = new Switchboard(ports, policy, options.limits(), options.everyMessage());
        pipeline = options.workers() == 0
                ? new DirectPipeline(board, clock, options.threads())
                : new ShardedPipeline(board, clock, options.threads(), options.workers());
        events = new EventReader(board.rings(), handler, notes);
        counters = new CounterBook(ports, pipeline, board.rings());
        caretaker = new Caretaker(ports, this.plans, pipeline, clock, options.requireSync(), notes);
        for (LivePort port : ports) {
            caretaker.reason(port.number(), reasons.get(port.number()));
            port.unshielded().ifPresent(notes);
        }
    }

    private List<String> open(List<PortPlan> wanted) throws PortException {
        List<String> reasons = new ArrayList<>();
        for (PortPlan plan : wanted) {
            try {
                Opened opened = plan.opener().open();
                ports.add(new LivePort(ports.size(), plan.name(), plan.role(), opened.port()));
                reasons.add(opened.why());
            } catch (PortException e) {
                ports.forEach(LivePort::close);
                throw new PortException("port `" + plan.name() + "`: " + e.getMessage());
            }
        }
        return reasons;
    }

    /** Frames pass from now on. */
    public void start() {
        events.start();
        pipeline.start();
        caretaker.start();
    }

    /** The ports, by number. */
    public List<String> portNames() {
        return ports.stream().map(LivePort::name).toList();
    }

    /** Why packets are not carried any more although nobody asked for it. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(pipeline.failure());
    }

    /** Whether every packet thread does what it is asked to. Waits for them. */
    public boolean answers() {
        try {
            pipeline.askReceiver(() -> {
            });
            pipeline.ask(_ -> {
            });
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    @Override
    public synchronized OptionalLong swap(CompiledPolicy policy, List<CompiledGrant> grants) {
        PolicyChange change = PolicyChange.between(current, policy);
        ZoneMap zones = new ZoneMap(policy, ports);
        List<VerdictTallies> before = new ArrayList<>();
        pipeline.ask(judge -> {
            VerdictTallies counted = judge.policy(change, grants, zones, new VerdictTallies(policy));
            synchronized (before) {
                before.add(counted);
            }
        });
        pipeline.askReceiver(() -> pipeline.bridge().policy(policy, zones));
        before.forEach(counters::keep);
        current = policy;
        return OptionalLong.empty();
    }

    @Override
    public DataplaneStatus status() {
        List<DataplaneStatus.Port> shown = new ArrayList<>();
        for (LivePort port : ports) {
            int i = port.number();
            shown.add(new DataplaneStatus.Port(port.name(), plans.get(i).interfaceName(), !port.forwards(),
                    switch (caretaker.link(i)) {
                        case UP -> DataplaneStatus.Link.UP;
                        case DOWN -> DataplaneStatus.Link.DOWN;
                        case GONE -> DataplaneStatus.Link.MISSING;
                    }, port.port().backend().word(), caretaker.reason(i)));
        }
        long used = pipeline.judges().stream().mapToLong(judge -> judge.engine().buffered()).sum();
        int flows = pipeline.judges().stream().mapToInt(judge -> judge.engine().flows()).sum();
        boolean trusted = caretaker.trusted();
        return new DataplaneStatus(shown, pipeline.shape(),
                new DataplaneStatus.Clock(trusted,
                        !options.requireSync() ? "trusted as it is" : trusted ? "synchronised" : "not synchronised"),
                flows, options.limits().flows(), used, options.limits().bufferBytes(), draining);
    }

    @Override
    public Counters counters() {
        return counters.read();
    }

    @Override
    public Outcome open(CompiledGrant grant, long notAfterNanos) {
        return all(grants -> grants.open(grant, notAfterNanos));
    }

    @Override
    public Outcome revoke(String grant) {
        return all(grants -> grants.revoke(grant));
    }

    /** Which worker will get the connection is not known here, so all of them expect it. */
    @Override
    public Outcome bind(String grant, FlowBinding flow) {
        Grants.Endpoint client = new Grants.Endpoint(flow.sourceHigh(), flow.sourceLow(), flow.sourcePort());
        Grants.Endpoint server = new Grants.Endpoint(flow.targetHigh(), flow.targetLow(), flow.targetPort());
        return all(grants -> grants.bind(grant, client, server));
    }

    /** Every worker has grants of its own; what one of them objects to is the answer. */
    private synchronized Outcome all(Function<Grants, Outcome> order) {
        AtomicReference<Outcome> answer = new AtomicReference<>(Outcome.DONE);
        pipeline.ask(judge -> {
            Outcome outcome = order.apply(judge.engine().grants());
            if (outcome != Outcome.DONE) {
                answer.set(outcome);
            }
        });
        return answer.get();
    }

    @Override
    public void drain() {
        draining = true;
        pipeline.ask(Judge::drain);
    }

    @Override
    public synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        caretaker.close();
        pipeline.stop();
        events.close();
        ports.forEach(LivePort::close);
    }

    @Override
    public void close() {
        stop();
    }
}
