package io.sluice.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.integration.device.Plant;
import io.sluice.integration.device.SluiceInline;
import io.sluice.integration.peer.ModbusClient;
import io.sluice.integration.peer.ModbusServer;
import io.sluice.testdata.net.Namespace;
import io.sluice.testdata.net.Peer;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The time of day jumps while the firewall runs, forwards by more than the longest age of a connection, and back. The process sees
 * the jump through libfaketime, which stands before the C library; the clock of this machine stays as it is.
 */
class ClockIT {
    private static final String PLC = "10.3.1.10";

    private Plant plant;
    private Peer server;
    private Peer writer;
    private Peer reader;
    private SluiceInline inline;
    private Path clock;

    @BeforeEach
    void build() throws IOException {
        Rig.needed();
        Optional<Path> library = library();
        assumeTrue(library.isPresent(), "libfaketime is not installed: ./verify does it where there is apt-get");
        plant = new Plant();
        Namespace cell = plant.host("plc", "cell", "00:80:f4:01:02:03", PLC + "/24");
        Namespace ops = plant.host("hmi", "plant", "02:53:4c:03:01:05", "10.3.1.105/24");
        server = plant.peer(cell, ModbusServer.class, PLC, "502");
        writer = plant.peer(ops, ModbusClient.class);
        reader = plant.peer(ops, ModbusClient.class);
        clock = plant.folder().resolve("clock");
        set(7);
        inline = plant.sluice(Rig.policy("window")).startedBy("env", "LD_PRELOAD=" + library.get(),
                "FAKETIME_TIMESTAMP_FILE=" + clock, "FAKETIME_CACHE_DURATION=1", "FAKETIME_DONT_FAKE_MONOTONIC=1");
        inline.start();
    }

    @AfterEach
    void remove() {
        Rig.close(plant);
    }

    /** The variant of the library for threads, wherever Debian's folder for this kind of processor is. */
    private static Optional<Path> library() throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of("/usr/lib"), "*-linux-*")) {
            for (Path folder : folders) {
                Path library = folder.resolve("faketime/libfaketimeMT.so.1");
                if (Files.exists(library)) {
                    return Optional.of(library);
                }
            }
            return Optional.empty();
        }
    }

    /** Lets the firewall see an hour of this day, UTC, from now on. */
    private void set(int hour) throws IOException {
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        long seconds = Duration.between(now, now.with(LocalTime.of(hour, 0))).toSeconds();
        Path next = Files.writeString(clock.resolveSibling("clock.next"), "%+d".formatted(seconds));
        Files.move(next, clock, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void windowsFollowAJumpAtOnceAndConnectionsDoNotNotice() throws IOException {
        reader.ask("connect " + PLC + " 502");
        assertEquals(List.of("1000"), reader.ask("read holding 0 1"));
        assertEquals("done", write(1));
        set(12);
        awaitWrites("lost");
        assertEquals(List.of("1000"), reader.ask("read holding 0 1"), "five hours later by the clock on the wall");
        server.ask("clear");
        assertTrue(write(2).startsWith("lost"));
        assertEquals(List.of(), server.ask("requests"), "the window is closed");
        set(9);
        awaitWrites("done");
        assertEquals(List.of("1000"), reader.ask("read holding 0 1"), "three hours back");
        set(0);
        awaitWrites("lost");
        assertEquals(List.of("1000"), reader.ask("read holding 0 1"));
        assertTrue(inline.isAlive());
    }

    private String write(int value) {
        writer.ask("connect " + PLC + " 502");
        return writer.ask("write holding 100 " + value).getFirst();
    }

    /** Until the library has looked at the file again, and the firewall at its clock. */
    private void awaitWrites(String beginning) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!write(3).startsWith(beginning)) {
            assertTrue(System.nanoTime() < end, () -> "writes are not `" + beginning + "`; " + inline.said());
            Rig.pause(200);
        }
    }
}
