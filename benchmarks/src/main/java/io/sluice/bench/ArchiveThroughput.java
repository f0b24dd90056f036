package io.sluice.bench;

import io.sluice.archive.Archive;
import io.sluice.archive.ArchiveException;
import io.sluice.archive.ArchiveSettings;
import io.sluice.archive.ArchiveSummary;
import io.sluice.archive.Grouping;
import io.sluice.archive.RowForm;
import io.sluice.engine.Profile;
import io.sluice.replay.Replay.Judge;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.PolicyReader;
import io.sluice.testdata.ModbusTraffic;
import io.sluice.testdata.RotatedCaptures;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How fast {@code archive} makes rows of a folder of captures, and what that costs in memory and on the disk. The folder is
 * generated, always the same: rotated captures of 100 000 packets, of several sensors. The machine's clock counts, since
 * several workers are the point.
 */
public final class ArchiveThroughput {
    private static final int PACKETS_EACH = 100_000;

    private ArchiveThroughput() {}

    /** Arguments: number of sensors (4), packets of each (1 000 000). */
    public static void main(String... arguments) throws IOException, ArchiveException {
        int sensors = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 4;
        long packets = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1_000_000;
        Path folder = Files.createTempDirectory("sluice-archive-");
        try {
            Path captures = folder.resolve("captures");
            for (int sensor = 1; sensor <= sensors; sensor++) {
                try (RotatedCaptures out = new RotatedCaptures(captures.resolve("cell-" + sensor), "eth1",
                        PACKETS_EACH)) {
                    new ModbusTraffic(packets, sensor).generate(out);
                }
            }
            System.out.printf(Locale.ROOT, "folder: %d sensors, %,d packets each, %,d bytes%n", sensors, packets,
                    bytes(captures));
            String policy = new ModbusTraffic(1, 1).policy();
            Judge judge = new Judge(policy(policy), DecideBenchmark.compile(policy), List.of());
            for (int round = 1; round <= 2; round++) { // the first warms the compiler up
                for (int workers : new int[]{1, Runtime.getRuntime().availableProcessors()}) {
                    run(captures, folder.resolve("json"), judge, RowForm.JSON, workers, packets * sensors);
                    run(captures, folder.resolve("rows"), judge, RowForm.PARQUET, workers, packets * sensors);
                }
            }
            System.out.println("memory of this process at its highest: " + highestResident());
        } finally {
            delete(folder);
        }
    }

    private static Policy policy(String text) {
        return ((PolicyReader.Result.Read) PolicyReader.read("traffic.yaml", text)).policy();
    }

    private static void run(Path captures, Path out, Judge judge, RowForm form, int workers, long packets)
            throws IOException, ArchiveException {
        ArchiveSettings settings = new ArchiveSettings(captures, out, judge, Profile.OBSERVE, Grouping.NAME, form,
                workers, 16L << 20, "benchmark");
        long start = System.nanoTime();
        double cpu = cpuSeconds();
        ArchiveSummary summary = new Archive(settings).run(_ -> {
        });
        double seconds = (System.nanoTime() - start) / 1e9;
        String word = form.name().toLowerCase(Locale.ROOT);
        System.out.printf(Locale.ROOT,
                "%-7s %d workers: %.1f s, %,.0f rows/s, %,.0f packets/s, %,.0f rows per CPU-second; %,d rows, %.1f bytes"
                        + " a row; %s so far%n",
                word, workers, seconds, summary.rows() / seconds, packets / seconds,
                summary.rows() / (cpuSeconds() - cpu), summary.rows(),
                (double) bytes(out.resolve(word)) / summary.rows(), highestResident());
        // The last part of each sensor is missing: the others are judged again, without rows.
        lastParts(out.resolve("state"));
        start = System.nanoTime();
        cpu = cpuSeconds();
        new Archive(settings).run(_ -> {
        });
        System.out.printf(Locale.ROOT, "        the last part of each sensor missing: %.1f s, %.1f CPU-seconds%n",
                (System.nanoTime() - start) / 1e9, cpuSeconds() - cpu);
        delete(out);
    }

    /** Of all threads, DuckDB's among them. */
    private static double cpuSeconds() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime() / 1e9;
    }

    private static void lastParts(Path state) throws IOException {
        try (Stream<Path> sensors = Files.list(state)) {
            for (Path sensor : sensors.toList()) {
                try (Stream<Path> parts = Files.list(sensor)) {
                    Files.delete(parts.max(Comparator.naturalOrder()).orElseThrow());
                }
            }
        }
    }

    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String highestResident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmHWM"))
                .findFirst().map(line -> line.substring(6).strip()).orElse("unknown");
    }
}
