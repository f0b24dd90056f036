package io.sluice.bench.jump;

import io.sluice.load.rig.Asked;
import io.sluice.load.rig.ProcessFigures;
import io.sluice.load.rig.RigException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Two hundred sessions, each with a client of its own: idle, at work, and some of them revoked. */
final class Sessions implements AutoCloseable {
    private static final int SESSIONS = 200;
    private static final int STEP = 100;
    /** Clients that come at once: each needs a processor for its key exchange. */
    private static final int AT_ONCE = 10;
    private static final int REVOKED = 20;
    private static final double IDLE_KIB = 300, DEAD_MILLIS = 250;
    /** Of what was to be asked, so much has to be answered for the rate to count as kept. */
    private static final double KEPT = 0.99;

    private final Asked gateway;
    private final Asked controller;
    private final Ssh.Server server;
    private final int port;
    private final List<Ssh> clients = new ArrayList<>();

    Sessions(Asked gateway, Asked controller, Ssh.Server server, int port) {
        this.gateway = gateway;
        this.controller = controller;
        this.server = server;
        this.port = port;
    }

    /** Memory of the gateway's process, in bytes. */
    private record Memory(long heap, long resident) {
        double heapOfEach(Memory before, int sessions) {
            return (heap - before.heap) / 1024.0 / sessions;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "heap %5.1f MiB, resident %5.1f MiB", heap / 1048576.0,
                    resident / 1048576.0);
        }
    }

    void measure(int seconds) throws IOException, RigException {
        awaitConnected(0);
        System.out.println("memory of the gateway's process after collection:");
        Memory none = memory("no session");
        for (int sessions = STEP; sessions <= SESSIONS; sessions += STEP) {
            come(sessions);
            each("each of %d idle sessions".formatted(sessions), none, memory(sessions + " sessions"), sessions, true);
        }
        try (Polling polling = new Polling(clients)) {
            polling.poll(Polling.PERIOD * 2);
            each("with an open connection each", none, memory(SESSIONS + " with a connection"), SESSIONS, true);
            polling.poll(TimeUnit.SECONDS.toNanos(Math.max(2, seconds / 2)));
            load(polling, seconds);
            each("the same after load", none, memory("after load"), SESSIONS, false);
            revoke(polling);
        }
    }

    private Memory memory(String when) throws RigException {
        Memory memory = new Memory(Long.parseLong(BrokerSpeed.answer(gateway, "heap")),
                ProcessFigures.residentBytes(gateway.pid()));
        System.out.printf("  %-22s %s%n", when, memory);
        return memory;
    }

    private static void each(String what, Memory none, Memory now, int sessions, boolean aims) {
        double heap = now.heapOfEach(none, sessions);
        double resident = (now.resident - none.resident) / 1024.0 / sessions;
        System.out.printf(Locale.ROOT, "    %s: heap %.0f KiB, resident %.0f KiB%s%n", what, heap, resident,
                aims
                        ? " (at most %.0f: %s)".formatted(IDLE_KIB,
                                BrokerSpeed.aim(Math.max(heap, resident) <= IDLE_KIB))
                        : "");
    }

    private void come(int sessions) throws IOException, RigException {
        while (clients.size() < sessions) {
            for (int i = 0; i < AT_ONCE; i++) {
                clients.add(server.forward("s-" + clients.size(), "plc:" + port));
            }
            awaitConnected(clients.size());
        }
    }

    private void awaitConnected(int sessions) throws IOException, RigException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (Integer.parseInt(BrokerSpeed.answer(gateway, "connected")) != sessions) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("there are " + BrokerSpeed.answer(gateway, "connected") + " sessions, not "
                        + sessions);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private void load(Polling polling, int seconds) throws IOException, RigException {
        Work before = Work.of(gateway);
        long controllerBefore = ProcessFigures.processorNanos(controller.pid());
        long clientsBefore = ofClients();
        long own = ProcessFigures.processorNanos(ProcessHandle.current().pid());
        Polling.Result result = polling.poll(TimeUnit.SECONDS.toNanos(seconds));
        double took = result.took;
        double wanted = SESSIONS * (double) Polling.PER_SECOND;
        double rate = result.answered / (took / 1e9);
        System.out.printf(Locale.ROOT, "%d sessions, %d requests/s each, for %.0f s:%n", SESSIONS, Polling.PER_SECOND,
                took / 1e9);
        System.out.printf(Locale.ROOT,
                "  answered %.0f/s of %.0f/s (%s), %d late (over %d ms), %d lost, %d connections ended%n", rate, wanted,
                BrokerSpeed.aim(rate >= KEPT * wanted && result.lost == 0 && polling.dead() == 0), result.late,
                TimeUnit.NANOSECONDS.toMillis(Polling.PERIOD), result.lost, polling.dead());
        System.out.printf(Locale.ROOT, "  round trip p50 %.2f  p99 %.2f  p99.9 %.2f ms%n",
                result.nanos.getValueAtPercentile(50) / 1e6, result.nanos.getValueAtPercentile(99) / 1e6,
                result.nanos.getValueAtPercentile(99.9) / 1e6);
        Work work = Work.of(gateway).since(before);
        System.out.printf(Locale.ROOT,
                "  processors: gateway %.2f (compilers not counted; a request %s), controller %.2f, ssh clients %.2f,"
                        + " masters %.2f%n",
                work.nanos() / took, work.each(Math.max(1, result.answered)),
                (ProcessFigures.processorNanos(controller.pid()) - controllerBefore) / took,
                (ofClients() - clientsBefore) / took,
                (ProcessFigures.processorNanos(ProcessHandle.current().pid()) - own) / took);
    }

    private long ofClients() throws RigException {
        long nanos = 0;
        for (Ssh client : clients) {
            nanos += ProcessFigures.processorNanos(client.pid());
        }
        return nanos;
    }

    /** Revokes one after the other while all poll; until the master's own socket is dead. */
    private void revoke(Polling polling) throws RigException {
        CompletableFuture<Polling.Result> load = CompletableFuture.supplyAsync(() -> {
            try {
                return polling.poll(TimeUnit.SECONDS.toNanos(6));
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
        double[] millis = new double[REVOKED];
        int dead = 0;
        for (int i = 0; i < REVOKED; i++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(150));
            int one = i * (SESSIONS / REVOKED);
            long begin = System.nanoTime();
            BrokerSpeed.answer(gateway, "revoke s-" + one);
            while (polling.died(one) == 0 && System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(3)
                    && !load.isDone()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            dead += polling.died(one) == 0 ? 0 : 1;
            millis[i] = polling.died(one) == 0 ? Double.POSITIVE_INFINITY : (polling.died(one) - begin) / 1e6;
        }
        Polling.Result result = load.join();
        Arrays.sort(millis);
        double worst = millis[REVOKED - 1];
        System.out.printf(Locale.ROOT,
                "revocation to dead client socket, %d of %d sessions at work: p50 %.1f ms, worst %.1f ms"
                        + " (at most %.0f: %s); %d of %d dead; others answered %d, %d of them ended%n",
                REVOKED, SESSIONS, millis[REVOKED / 2], worst, DEAD_MILLIS, BrokerSpeed.aim(worst <= DEAD_MILLIS), dead,
                REVOKED, result.answered, polling.dead() - dead);
    }

    @Override
    public void close() {
        clients.forEach(Ssh::close);
    }
}
