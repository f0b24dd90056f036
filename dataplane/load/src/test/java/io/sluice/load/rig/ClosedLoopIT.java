package io.sluice.load.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.load.forward.PlainForwarder;
import io.sluice.load.gen.Generator;
import io.sluice.load.gen.LoadCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The generator through what is known to lose nothing, and through what is known to lose something. */
class ClosedLoopIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @BeforeAll
    static void needsNamespaces() {
        assumeTrue(Lab.unavailable().isEmpty(), () -> Lab.unavailable().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000 1 256 SHORT", "1 48 48 SHORT", "200 1 128 LONG"})
    void nothingIsLostOnABridge(String load) throws RigException {
        try (Rig rig = Rig.forGenerator()) {
            Chain chain = rig.chain("the bridge");
            chain.bridge();
            assertClean(rig, chain, load);
        }
    }

    @Test
    void nothingIsLostInThePlainForwarder() throws RigException {
        try (Rig rig = Rig.forGenerator()) {
            Chain chain = rig.chain("the forwarder");
            chain.device(Programs.of(PlainForwarder.class, Chain.CLIENT_SIDE, Chain.SERVER_SIDE, "adaptive"));
            assertClean(rig, chain, "1000 1 256 SHORT");
        }
    }

    private static void assertClean(Rig rig, Chain chain, String load) throws RigException {
        Asked generator = generator(rig);
        open(generator, chain, load);
        LoadCounts counts = run(generator, 500, 0);
        assertTrue(counts.isClean(), counts::toString);
        assertTrue(counts.arrived() > 1000, counts::toString);
    }

    @Test
    void aFixedRateIsKept() throws RigException {
        try (Rig rig = Rig.forGenerator()) {
            Chain chain = rig.chain("the bridge");
            chain.bridge();
            Asked generator = generator(rig);
            open(generator, chain, "100 1 100 SHORT");
            LoadCounts counts = run(generator, 1000, 2000);
            assertTrue(counts.isClean(), counts::toString);
            // Fewer where the machine is busy, never more than the rate and one tick.
            assertTrue(counts.arrived() > 2000 && counts.arrived() <= 4004, counts::toString);
        }
    }

    // Without being sent again, a lost request would end its flow: the loop would stand still.
    @Test
    void whatIsLostIsCountedAndSentAgain() throws RigException {
        try (Rig rig = Rig.forGenerator()) {
            Chain chain = rig.chain("the bridge");
            chain.bridge();
            Asked generator = generator(rig);
            open(generator, chain, "100 1 100 SHORT");
            CompletableFuture<LoadCounts> running = CompletableFuture.supplyAsync(
                    () -> Unchecked.get(() -> run(generator, 2000, 0)));
            pause(400);
            chain.middle().ip("link", "set", Chain.SERVER_SIDE, "down");
            pause(100);
            chain.middle().up(Chain.SERVER_SIDE);
            LoadCounts counts = running.join();
            assertTrue(counts.lost() > 0 && counts.repeated() > 0, counts::toString);
            LoadCounts after = run(generator, 300, 0);
            assertTrue(after.isClean() && after.arrived() > 1000, after::toString);
        }
    }

    @Test
    void nothingIsLeftBehind() throws RigException, IOException {
        long pid;
        Path folder;
        try (Rig rig = Rig.forGenerator()) {
            Chain chain = rig.chain("the bridge");
            folder = chain.folder();
            Files.writeString(folder.resolve("file"), "x");
            pid = generator(rig).pid();
            assertEquals(2, ours());
        }
        assertEquals(0, ours());
        assertTrue(Files.notExists(folder));
        assertTrue(ProcessHandle.of(pid).map(process -> !process.isAlive()).orElse(true));
    }

    private static long ours() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/run/netns"))) {
            return all
                    .filter(p -> p.getFileName().toString().startsWith("sluice-bench" + ProcessHandle.current().pid()))
                    .count();
        }
    }

    private static Asked generator(Rig rig) throws RigException {
        return rig.clients().start("the generator", Processors.ofLoad(), Programs.of(Generator.class, "0"))
                .awaitReady();
    }

    private static void open(Asked generator, Chain chain, String load) throws RigException {
        String flows = load.split(" ", -1)[0];
        assertEquals(List.of("opened " + flows), generator.ask(PATIENCE, "chain x %s %s 1 %s 502".formatted(
                chain.clientLink(), chain.serverLink(), load)));
    }

    private static LoadCounts run(Asked generator, int milliseconds, int rate) throws RigException {
        return LoadCounts.parse(generator.ask(PATIENCE, "run x %d %d".formatted(milliseconds, rate)).getFirst());
    }

    private static void pause(int milliseconds) {
        Unchecked.get(() -> {
            Thread.sleep(milliseconds);
            return milliseconds;
        });
    }

    /** For lambdas. */
    private interface Unchecked<T> {
        T call() throws Exception;

        static <T> T get(Unchecked<T> call) {
            try {
                return call.call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
