package io.sluice.bench.pages;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Tracing;
import io.sluice.bench.PlantRecords;
import io.sluice.integration.browser.Chromium;
import io.sluice.integration.browser.Look;
import io.sluice.integration.browser.Person;
import io.sluice.load.rig.ProcessFigures;
import io.sluice.load.rig.RigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * What somebody at the pages has to wait for, with ten million records in the index and nothing to do, and while 5 000 messages
 * a second come through the firewall: how soon Overview is there, how smooth Traffic is while it follows, how long questions
 * take, and how much memory the server needs for it. The firewall, the server and the browser are those that people have.
 */
public final class PageSpeed implements AutoCloseable {
    private static final String PASSWORD = "correct horse battery";
    private static final long RATE = 5000;
    private static final int ROUNDS = 7;
    private static final Duration HAND = Duration.ofSeconds(10);
    /** What is done beside following takes no longer. */
    private static final Duration OTHERWISE = Duration.ofSeconds(45);
    private static final Duration SETTLING = Duration.ofSeconds(5);
    private static final Duration WINDOW = Duration.ofSeconds(3);

    private final Path launcher;
    private final Path folder;
    private final Duration followed;
    private final Plant plant;
    private Server server;

    private PageSpeed(Path launcher, Path folder, Duration followed) throws RigException, IOException {
        this.launcher = launcher;
        this.folder = folder;
        this.followed = followed;
        plant = Plant.start(launcher, folder);
        server = Server.start(launcher, folder, data());
    }

    private Path data() {
        return folder.resolve("manage");
    }

    /**
     * The launcher, records (10 000 000), seconds that Traffic is followed (30), and a folder: a temporary one, or what is
     * there is used and kept.
     */
    public static void main(String[] arguments) throws Exception {
        Path launcher = Path.of(arguments[0]);
        long records = arguments.length > 1 ? Long.parseLong(arguments[1]) : 10_000_000;
        Duration followed = Duration.ofSeconds(arguments.length > 2 ? Long.parseLong(arguments[2]) : 30);
        boolean keep = arguments.length > 3;
        Path folder = keep ? Path.of(arguments[3]).toAbsolutePath() : Files.createTempDirectory("sluice-pages-");
        try {
            write(folder, records);
            for (String part : List.of("", "-wal", "-shm")) { // accounts of an earlier run
                Files.deleteIfExists(folder.resolve("manage/manage.db" + part));
            }
            try (PageSpeed speed = new PageSpeed(launcher, folder, followed)) {
                speed.measure();
            }
        } finally {
            if (!keep) {
                remove(folder);
            }
        }
        System.exit(0); // the browser's driver would keep it for a while
    }

    private static void write(Path folder, long records) throws Exception {
        Path journal = folder.resolve("data/journal");
        if (!Files.exists(journal.resolve("journal.pub"))) {
            Files.createDirectories(journal);
            int result = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                    PlantRecords.class.getName(), journal.toString(), Long.toString(records), "0", "7").inheritIO()
                    .start().waitFor();
            if (result != 0) {
                throw new IOException("the journal could not be written");
            }
        }
    }

    private void measure() throws Exception {
        long began = System.nanoTime();
        server.awaitRest();
        System.out.printf("server has read what there was after %.0f s; memory %s%n", (System.nanoTime() - began) / 1e9,
                server.memory());
        String link = server.setupLink();
        String site = server.site();
        try (Chromium chromium = Chromium.open()) {
            Page page = watched(chromium.person(Look.DESK));
            new Person(page, site).setUp(link, "ada", "Ada", PASSWORD);
            page.context().close();
            restart();
            System.out.println("after a start, nobody there: memory " + server.memory());
            page = watched(chromium.person(Look.DESK));
            Person ada = new Person(page, server.site());
            page.navigate(server.site());
            ada.signIn("ada", PASSWORD);
            System.out.println("index: " + status(ada));
            System.out.println("at rest:");
            overview(chromium, page);
            Page fresh = watched(chromium.person(Look.DESK, page));
            trace(fresh, "overview", () -> interactive(fresh));
            fresh.context().close();
            questions(ada);
            System.out.println("  memory " + server.memory());
            busy(chromium, page, ada);
        }
    }

    private void restart() throws IOException, RigException, InterruptedException {
        server.close();
        server = Server.start(launcher, folder, data());
        server.awaitRest();
    }

    private void busy(Chromium chromium, Page page, Person ada) throws Exception {
        CompletableFuture<String> messages = plant.messages(followed.plus(OTHERWISE), RATE);
        Thread.sleep(SETTLING);
        System.out.printf("while %d messages/s come:%n", RATE);
        ada.open("/traffic");
        page.getByText("Live", new Page.GetByTextOptions().setExact(true)).waitFor();
        Thread.sleep(SETTLING);
        follow(page);
        trace(page, "traffic", () -> Thread.sleep(SETTLING));
        Frames.begin(page);
        hand(page);
        Frames seen = Frames.end(page);
        System.out.printf("  Traffic, with a hand for %d s: %s; %s%n", HAND.toSeconds(), seen, seen.inputs());
        overview(chromium, page);
        page.navigate("about:blank");
        questions(ada);
        System.out.println("  index: " + status(ada));
        System.out.println("  memory " + server.memory());
        System.out.println("  " + messages.join());
        server.awaitRest();
        System.out.println("afterwards: " + status(ada) + "; memory " + server.memory());
    }

    private void follow(Page page) throws Exception {
        PageWork work = new PageWork(page);
        long serverBefore = ProcessFigures.processorNanos(server.pid());
        long firewallBefore = ProcessFigures.processorNanos(plant.firewall());
        Frames.begin(page);
        work.begin();
        Thread.sleep(followed);
        System.out.printf("  Traffic, followed for %d s: %s%n", followed.toSeconds(), Frames.end(page));
        System.out.printf("    %s; server %.2f CPUs, firewall %.2f CPUs%n", work.end(),
                (ProcessFigures.processorNanos(server.pid()) - serverBefore) / (double) followed.toNanos(),
                (ProcessFigures.processorNanos(plant.firewall()) - firewallBefore) / (double) followed.toNanos());
    }

    /** Opens messages, pauses, scrolls and follows again, as somebody does who looks for something. */
    private static void hand(Page page) throws InterruptedException {
        long end = System.nanoTime() + HAND.toNanos();
        page.mouse().move(800, 600);
        while (System.nanoTime() - end < 0) {
            for (String key : List.of("j", "j", "Escape", "p")) {
                page.keyboard().press(key);
                Thread.sleep(200);
            }
            for (int i = 0; i < 5; i++) {
                page.mouse().wheel(0, 600);
                Thread.sleep(100);
            }
            page.keyboard().press("p");
            Thread.sleep(300);
        }
    }

    private interface Done {
        void it() throws Exception;
    }

    /** Playwright's own record of it, to be opened with its trace viewer; it costs time, so nothing is measured by it. */
    private void trace(Page page, String name, Done done) throws Exception {
        page.context().tracing().start(new Tracing.StartOptions().setScreenshots(true).setSnapshots(true));
        done.it();
        Path file = launcher.toAbsolutePath().resolveSibling("benchmarks/target/traces/" + name + ".zip");
        page.context().tracing().stop(new Tracing.StopOptions().setPath(file));
        System.out.println("  trace: " + file);
    }

    private static Page watched(Page page) {
        page.addInitScript(Frames.WATCH);
        return page;
    }

    private void overview(Chromium chromium, Page signedIn) throws RigException, InterruptedException {
        double[] first = new double[ROUNDS];
        double[] again = new double[ROUNDS];
        double[] page = new double[ROUNDS];
        long server = ProcessFigures.processorNanos(this.server.pid());
        for (int round = 0; round < ROUNDS; round++) {
            Page fresh = watched(chromium.person(Look.DESK, signedIn));
            Thread.sleep(WINDOW); // a browser that has just opened a window is busy with itself
            PageWork work = new PageWork(fresh);
            first[round] = interactive(fresh);
            page[round] = work.all();
            again[round] = interactive(fresh);
            fresh.context().close();
        }
        print("Overview, first visit (nothing kept)", first);
        print("Overview, again", again);
        Arrays.sort(page);
        System.out.printf(Locale.ROOT,
                "    CPU time of the page's thread %.0f ms (median, first visit), of the server %.0f ms"
                        + " a visit (what else it does meanwhile among it)%n",
                page[ROUNDS / 2],
                (ProcessFigures.processorNanos(this.server.pid()) - server) / 1e6 / (2 * ROUNDS));
    }

    /** From the navigation until figures, map and charts are drawn and the page is free, in milliseconds. */
    private double interactive(Page page) {
        page.navigate(server.site());
        page.waitForFunction("() => window.sluiceSeen.interactive > 0");
        return ((Number) page.evaluate("() => window.sluiceSeen.interactive")).doubleValue();
    }

    private void questions(Person ada) {
        ask(ada, "newest 100 of an asset, refused", "/api/events?limit=100&filter=host:plc-%d%%20verdict:deny");
        ask(ada, "newest 100 of an asset, permitted", "/api/events?limit=100&filter=host:plc-%d%%20verdict:allow");
        ask(ada, "newest 200", "/api/events?limit=200&filter=-src:nobody-%d");
        ask(ada, "of the last hour, by conduit",
                "/api/events/facets?limit=7&field=conduit&filter=-src:nobody-%d%%20since:1h");
    }

    /** By the clock of whoever asks over HTTPS. */
    private static void ask(Person ada, String what, String path) {
        double[] took = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long began = System.nanoTime();
            ada.get(path.formatted(round * 7 + 1));
            took[round] = (System.nanoTime() - began) / 1e6;
        }
        print(what, took);
    }

    private static void print(String what, double[] took) {
        Arrays.sort(took);
        System.out.printf(Locale.ROOT, "  %-38s best %6.0f  median %6.0f  worst %6.0f ms%n", what, took[0],
                took[took.length / 2], took[took.length - 1]);
    }

    private static String status(Person ada) {
        JsonObject index = ada.get("/api/status").getAsJsonObject().getAsJsonObject("index");
        return "%s, %d records, %d behind".formatted(index.get("state").getAsString(), index.get("events").getAsLong(),
                index.get("behind").getAsLong());
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() {
        server.close();
        plant.close();
    }
}
