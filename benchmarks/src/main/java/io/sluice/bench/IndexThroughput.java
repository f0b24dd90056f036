package io.sluice.bench;

import com.sun.management.OperatingSystemMXBean;
import io.sluice.manage.index.Cancellation;
import io.sluice.manage.index.EventIndex;
import io.sluice.manage.index.Facet;
import io.sluice.manage.index.IndexException;
import io.sluice.manage.index.IndexSettings;
import io.sluice.manage.index.TimeRange;
import io.sluice.manage.query.Condition;
import io.sluice.manage.query.Filter;
import io.sluice.manage.query.FilterContext;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the index of the journal does with ten million records: how fast it takes them in, how long questions take, at rest and
 * while 5 000 records come in a second, and how much memory that is. The journal is written by a process of its own, so memory is that
 * of the index alone. Read each time beside the full count of the same run.
 */
public final class IndexThroughput {
    private static final int ROUNDS = 9;
    private static final int PAGE = 100;
    private static final long RATE = 5000;
    private static final int ARRIVE_SECONDS = 30;
    private static final long HOUR = 3_600_000_000L;
    private static final double MILLION = 1e6;

    private final EventIndex index;

    private IndexThroughput(EventIndex index) {
        this.index = index;
    }

    private interface Question {
        void ask(int round) throws IndexException;
    }

    /** Records (10 000 000), folder of the journal, folder of the index: temporary ones, or what is there is used and kept. */
    public static void main(String[] arguments) throws Exception {
        long records = arguments.length > 0 ? Long.parseLong(arguments[0]) : 10_000_000;
        boolean keep = arguments.length > 1;
        Path folder = keep ? Path.of(arguments[1]) : Files.createTempDirectory("sluice-journal-");
        boolean keepIndex = arguments.length > 2;
        Path indexFolder = keepIndex ? Path.of(arguments[2]) : Files.createTempDirectory("sluice-index-");
        try {
            if (!Files.exists(folder.resolve("journal.pub"))) {
                Files.createDirectories(folder);
                long began = System.nanoTime();
                write(folder, records, 0).waitFor();
                System.out.printf("journal of %d records written in %.0f s%n", records, seconds(began));
            }
            try (EventIndex index = EventIndex.open(IndexSettings.in(indexFolder, folder))) {
                new IndexThroughput(index).measure(folder, indexFolder);
            }
        } finally {
            if (!keepIndex) {
                remove(indexFolder);
            }
            if (!keep) {
                remove(folder);
            }
        }
    }

    private static Process write(Path folder, long records, long rate) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), PlantRecords.class.getName(),
                folder.toString(), Long.toString(records), Long.toString(rate), "7").inheritIO().start();
    }

    private void measure(Path folder, Path indexFolder) throws Exception {
        long began = System.nanoTime();
        long cpu = cpu();
        long before = index.state().position();
        while (!index.state().current()) {
            Thread.sleep(100);
        }
        long records = index.state().position();
        System.out.printf("%d records, %d of them indexed in %.0f s, %.1f us of CPU each; %.1f B each on disk; %s%n",
                records, records - before, seconds(began), (cpu() - cpu) / 1e3 / Math.max(1, records - before),
                size(indexFolder) / (double) records, memory());
        System.out.println("at rest:");
        questions();
        long position = index.state().position();
        Process writer = write(folder, RATE * ARRIVE_SECONDS, RATE);
        cpu = cpu();
        began = System.nanoTime();
        while (index.state().position() - position < RATE) {
            Thread.sleep(10);
        }
        System.out.printf("while %d records come in a second:%n", RATE);
        questions();
        writer.waitFor();
        long written = System.nanoTime();
        while (index.state().position() - position < RATE * ARRIVE_SECONDS) {
            Thread.sleep(10);
        }
        System.out.printf(
                "%d records in %.1f s, the last of them indexed %.0f ms after the writer had ended; %.2f CPUs;"
                        + " %s%n",
                index.state().position() - position, seconds(began), seconds(written) * 1000,
                (cpu() - cpu) / (double) (System.nanoTime() - began), memory());
    }

    private void questions() throws IndexException {
        double[] full = ask(round -> index.total(Condition.ALL, TimeRange.ALL, new Cancellation()));
        print("count of all", full, full);
        print("newest 100", ask(round -> page("", round)), full);
        print("newest 100 of an asset, refused", ask(round -> page("host:plc-%d verdict:deny", round)), full);
        print("newest 100 of an asset, permitted", ask(round -> page("host:plc-%d verdict:allow", round)), full);
        print("newest 100 of a person there is not", ask(round -> page("user:nobody-%d", round)), full);
        print("count of an asset, refused", ask(round -> total("host:plc-%d verdict:deny", round)), full);
        print("count of an asset, any verdict", ask(round -> total("host:plc-%d", round)), full);
        print("counts by hour and verdict", ask(round -> index.histogram(Condition.ALL, TimeRange.ALL, HOUR,
                new Cancellation())), full);
        print("counts by conduit", ask(round -> index.facet(Condition.ALL, TimeRange.ALL, Facet.CONDUIT, 20,
                new Cancellation())), full);
        print("who asked whom", ask(round -> index.relations(Condition.ALL, TimeRange.ALL, 500,
                new Cancellation())), full);
        print("newest 100 with a rare text", ask(round -> page("\"holding 1%02d..1%<02d = 1501\"", round)), full);
        print("one by its number, with its text", ask(round -> index.event(index.state().position() / 2 + round)),
                full);
    }

    private void page(String filter, int round) throws IndexException {
        index.page(condition(filter, round), TimeRange.ALL, Long.MAX_VALUE, PAGE, new Cancellation());
    }

    private void total(String filter, int round) throws IndexException {
        index.total(condition(filter, round), TimeRange.ALL, new Cancellation());
    }

    private static Condition condition(String filter, int round) {
        Filter.Result.Parsed parsed = (Filter.Result.Parsed) Filter.parse(filter.formatted(round * 7 + 1));
        return parsed.filter().under(FilterContext.at(0));
    }

    /** Milliseconds, sorted; behind them those of CPU for each, which others on the machine disturb less. */
    private static double[] ask(Question question) throws IndexException {
        double[] took = new double[ROUNDS + 1];
        long cpu = cpu();
        for (int round = 0; round < ROUNDS; round++) {
            long began = System.nanoTime();
            question.ask(round);
            took[round] = (System.nanoTime() - began) / MILLION;
        }
        Arrays.sort(took, 0, ROUNDS);
        took[ROUNDS] = (cpu() - cpu) / MILLION / ROUNDS;
        return took;
    }

    private static void print(String what, double[] took, double[] full) {
        System.out.printf(
                "  %-36s best %7.1f  median %7.1f  worst %7.1f ms, %7.1f ms of CPU; %6.2f of the count of all%n",
                what, took[0], took[ROUNDS / 2], took[ROUNDS - 1], took[ROUNDS], took[ROUNDS] / full[ROUNDS]);
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static String memory() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/self/status"));
        return "memory %d MB, at its highest %d MB".formatted(kilobytes(lines, "VmRSS") / 1024,
                kilobytes(lines, "VmHWM") / 1024);
    }

    private static long kilobytes(List<String> lines, String name) {
        return lines.stream().filter(l -> l.startsWith(name)).findFirst()
                .map(l -> Long.parseLong(l.replaceAll("[^0-9]", ""))).orElse(0L);
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum();
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
