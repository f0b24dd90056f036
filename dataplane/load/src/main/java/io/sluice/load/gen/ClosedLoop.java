package io.sluice.load.gen;

import io.sluice.capture.port.Port;
import io.sluice.capture.port.PortException;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Both ends of a load on one thread. First the flows are opened; then, as often as wanted, exchanges go round. Nothing is
 * allocated meanwhile.
 */
public final class ClosedLoop implements AutoCloseable {
    /** After a round: what is still under way has come when nothing has come for so long, and this is waited for at most. */
    private static final long QUIET_NANOS = 10_000_000L, QUIET_IN_VAIN_NANOS = 500_000_000L,
            DRAIN_NANOS = 3_000_000_000L;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Arena arena = Arena.ofShared();
    private final LoadPlan plan;
    private final FlowStates states;
    private final Clients clients;
    private final Servers servers;
    private final Overdue overdue;

    /**
     * @param clientSide interface of the clients; not closed with this
     * @param serverSide interface of the servers; not closed with this
     */
    public ClosedLoop(LoadPlan plan, Port clientSide, Port serverSide) throws PortException {
        this.plan = plan;
        FlowBook book = new FlowBook(plan);
        states = new FlowStates(plan.flows());
        clients = new Clients(clientSide, plan, book, states, arena);
        servers = new Servers(serverSide, plan, book, states, arena);
        overdue = new Overdue(states, clients);
    }

    /** Opens the flows; returns how many are open when all are or the time is up. */
    public int open(long nanos) {
        long end = System.nanoTime() + nanos;
        overdue.restart(System.nanoTime());
        int asked = 0;
        while (clients.opened() < plan.flows() && System.nanoTime() - end < 0) {
            while (asked < plan.flows() && asked - clients.opened() < plan.window()) {
                clients.open(asked++);
            }
            clients.flush();
            turn();
            overdue.look(System.nanoTime());
        }
        return clients.opened();
    }

    /**
     * Lets exchanges go round.
     *
     * @param exchangesPerSecond 0: as fast as answers come
     */
    public LoadCounts run(long nanos, long exchangesPerSecond) {
        LoadCounts before = counts();
        long begin = System.nanoTime();
        long now = begin;
        Pace pace = new Pace(begin, exchangesPerSecond);
        long requested = 0;
        overdue.restart(begin);
        while (now - begin < nanos) {
            requested += clients.request(pace.allowed(now) - requested);
            turn();
            now = System.nanoTime();
            overdue.look(now);
        }
        LoadCounts round = counts().since(before);
        drain(now);
        return counts().since(before).during(now - begin, round.busyNanos(), round.arrived());
    }

    /** Deals with what has arrived; returns whether anything had. */
    private boolean turn() {
        boolean busy = servers.receive() + clients.receive() > 0;
        if (!busy) {
            Thread.onSpinWait();
        }
        return busy;
    }

    private void drain(long begin) {
        long now = begin;
        long last = begin;
        while (now - last < (clients.underWay() == 0 ? QUIET_NANOS : QUIET_IN_VAIN_NANOS)
                && now - begin < DRAIN_NANOS) {
            if (turn()) {
                last = now;
            }
            now = System.nanoTime();
            overdue.look(now);
        }
    }

    private LoadCounts counts() {
        long arrived = clients.arrived + servers.arrived;
        return new LoadCounts(0, THREADS.getCurrentThreadCpuTime(), arrived, clients.sent + servers.sent - arrived,
                clients.repeated(),
                clients.outOfTurn + servers.outOfTurn, clients.altered(), clients.foreign + servers.foreign,
                clients.notTaken() + servers.notTaken());
    }

    @Override
    public void close() {
        arena.close();
    }
}
