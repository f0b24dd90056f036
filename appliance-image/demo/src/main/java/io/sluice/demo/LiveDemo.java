package io.sluice.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The demo on live traffic: builds the plant, lets it run, and leaves nothing behind, however it ends. */
public final class LiveDemo {
    /** Until somebody ends it. */
    public static final Duration ENDLESS = Duration.ofDays(36_500);

    private static final int END_SECONDS = 60;

    private final Class<?> sluice;
    private final PrintStream out;
    private final Thread main = Thread.currentThread();
    private final Plant plant = new Plant();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final boolean pages;
    private boolean closing;

    /**
     * @param sluice main class of the command line, which is started as the firewall
     * @param pages whether the management pages are wanted too
     */
    public LiveDemo(Class<?> sluice, PrintStream out, boolean pages) {
        this.sluice = sluice;
        this.out = out;
        this.pages = pages;
    }

    /** Why this demo cannot run here; empty where it can. */
    public static Optional<String> unavailable() {
        try {
            return Network.unavailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    /** Runs for so long, or until the process is asked to end (Ctrl-C, SIGTERM). */
    public void run(Duration most) throws DemoException {
        Thread hook = new Thread(this::endBySignal);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            playAndClose(most);
            say("""
                    Next: write a policy of your own, and see what it would do to a recording of your own plant.
                        ./sluice check my-policy.yaml                        is my policy sound
                        ./sluice explain --help                              which rule decides one request, and why
                        ./sluice replay plant.pcap --policy my-policy.yaml   what would be refused, and why
                    docs/policy.md is the policy language, docs/settings.md what `sluice inline` needs to know.""");
        } finally {
            closed.countDown();
            remove(hook);
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It runs: it is what has ended the demo.
        }
    }

    private void playAndClose(Duration most) throws DemoException {
        try {
            play(most);
        } catch (InterruptedException e) {
            out.println(); // behind the terminal's ^C
        } finally {
            close();
        }
    }

    private void play(Duration most) throws DemoException, InterruptedException {
        introduce();
        Leftovers.remove();
        plant.open(sluice);
        Optional<Pages> server = pages();
        LiveView view = new LiveView(out);
        try (FirewallEvents _ = new FirewallEvents(plant.controlSocket(), view)) {
            plant.begin();
            server.ifPresent(this::invite);
            say("\nIt runs%s.\n".formatted(most.equals(ENDLESS)
                    ? " until you press Ctrl-C"
                    : " for " + most.toSeconds() + " seconds; Ctrl-C ends it before"));
            new Story(plant, view, System.nanoTime() + most.toNanos()).play();
        }
    }

    /** The demo goes on without pages where they cannot be; it says why. */
    private Optional<Pages> pages() {
        if (!pages) {
            return Optional.empty();
        }
        Optional<String> hindrance = Pages.unavailable();
        try {
            if (hindrance.isEmpty()) {
                return Optional.of(Pages.start(plant, sluice));
            }
        } catch (DemoException e) {
            hindrance = Optional.ofNullable(e.getMessage());
        }
        say("There are no management pages: " + hindrance.orElse("") + ". The demo goes on here.");
        return Optional.empty();
    }

    private void invite(Pages server) {
        try {
            say(server.invitation());
        } catch (DemoException e) {
            say("There are no management pages: " + e.getMessage() + ". The demo goes on here.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it ends, as the story will notice
        }
    }

    private void introduce() {
        say("""
                Sluice demo: three networks on this machine, and real devices in them. Between them stands `sluice inline`.

                    cell                                                       plant
                    plc    controller, Modbus (j2mod)     ]            [      hmi     panel: polls, writes set points
                    line   OPC UA server (Milo)           ]── Sluice ──[      laptop  nobody has announced it

                This is the policy:
                """);
        Plant.policy().lines().map(line -> ("    " + line).stripTrailing()).forEach(out::println);
        say("\nStarting…");
    }

    private void say(String text) {
        out.println(text);
        out.flush();
    }

    /** Leaves nothing behind; from now on nothing interrupts. */
    private void close() throws DemoException {
        synchronized (this) {
            closing = true;
        }
        boolean _ = Thread.interrupted();
        try {
            List<String> left = plant.close();
            if (!left.isEmpty()) {
                throw new DemoException("could not remove " + left + "; try `ip netns delete NAME` for each");
            }
            say("\nThe demo has ended: its processes and networks are gone.");
        } catch (InterruptedException e) {
            throw new DemoException("interrupted while its networks were removed; the next demo removes them");
        }
    }

    /** The process goes away when this returns. */
    private void endBySignal() {
        synchronized (this) {
            if (!closing) {
                main.interrupt();
            }
        }
        try {
            boolean _ = closed.await(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
