package io.sluice.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.inline.policy.PolicyStore;
import io.sluice.journal.JournalReader;
import io.sluice.manage.store.StoreCopy;
import io.sluice.manage.store.StoreException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What a support bundle says of a machine and its data: sizes, counts and times, never contents that people or devices made. */
final class SupportFacts {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_FILES = 2_000;
    private static final int MOST_RECORDS = 200;
    private static final int LOOKED_AT = 100_000;

    private SupportFacts() {}

    static void machine(List<Path> folders, PrintStream out) throws IOException {
        for (String name : new String[]{"version", "uptime", "loadavg", "meminfo"}) {
            out.println("/proc/" + name + ":");
            out.println(new String(Files.readAllBytes(Path.of("/proc", name)), StandardCharsets.UTF_8).strip());
            out.println();
        }
        out.println("processors " + Runtime.getRuntime().availableProcessors());
        for (Path folder : folders) {
            if (Files.exists(folder)) {
                FileStore store = Files.getFileStore(folder);
                out.println("disk of " + folder + ": " + store.type() + ", " + Bytes.text(store.getUsableSpace())
                        + " free of " + Bytes.text(store.getTotalSpace()));
            }
        }
        Path interfaces = Path.of("/sys/class/net");
        try (Stream<Path> all = Files.list(interfaces)) {
            for (Path one : all.sorted().toList()) {
                out.println("interface " + one.getFileName() + ": " + line(one.resolve("operstate")) + ", mtu "
                        + line(one.resolve("mtu")));
            }
        }
    }

    private static String line(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    static void policy(Path data, PrintStream out) throws IOException {
        if (!Files.isDirectory(data.resolve("policies"))) {
            throw new NoSuchFileException(data.resolve("policies").toString());
        }
        PolicyStore store = PolicyStore.open(data);
        out.println("active " + store.active().orElse("none"));
        if (store.active().isPresent()) {
            out.println(
                    "its text is " + (store.text(store.active().get()).isPresent() ? "there" : "MISSING or changed"));
        }
        store.history().forEach(change -> out.println(Instant.ofEpochSecond(0, change.nanos()) + " "
                + change.why().word() + " " + change.hash()));
    }

    /** What the journal says of itself and of its counters; of the newest records. */
    static void journal(Path folder, PrintStream out) throws IOException {
        OptionalLong newest = JournalReader.newest(folder);
        OptionalLong oldest = JournalReader.oldest(folder);
        if (newest.isEmpty() || oldest.isEmpty()) {
            out.println("no records");
            return;
        }
        Deque<String> kept = new ArrayDeque<>();
        String stats = "";
        long last = -1;
        long from = Math.max(oldest.getAsLong(), newest.getAsLong() - LOOKED_AT);
        try (JournalReader reader = JournalReader.open(folder, from)) {
            while (reader.next()) {
                last = reader.index();
                String record = new String(reader.bytes(), reader.from(), reader.length(), StandardCharsets.UTF_8);
                if (record.contains("\"event_type\":\"stats\"")) {
                    stats = record;
                } else if (record.contains("\"type\":\"journal.") && ofItself(record)) {
                    kept.add(record);
                    if (kept.size() > MOST_RECORDS) {
                        kept.remove();
                    }
                }
            }
        }
        out.println("records " + oldest.getAsLong() + " to " + last);
        out.println("counters: " + (stats.isEmpty() ? "none" : stats));
        kept.forEach(out::println);
    }

    /** A text within a record of traffic must not pass for one of the journal's own. */
    private static boolean ofItself(String record) {
        try {
            JsonNode json = JSON.readTree(record);
            return json.path("event_type").asText().equals("management")
                    && json.at("/management/type").asText().startsWith("journal.");
        } catch (IOException e) {
            return false;
        }
    }

    static void files(List<Path> folders, PrintStream out) throws IOException {
        for (Path folder : folders) {
            out.println(folder + ":");
            if (!Files.isDirectory(folder)) {
                out.println("not there");
                continue;
            }
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path file : all.sorted().limit(MOST_FILES).toList()) {
                    PosixFileAttributes of = Files.readAttributes(file, PosixFileAttributes.class,
                            LinkOption.NOFOLLOW_LINKS);
                    out.printf(Locale.ROOT, "%s%s %-12s %-12s %12d %s %s%n", of.isDirectory() ? "d" : "-",
                            PosixFilePermissions.toString(of.permissions()), of.owner().getName(), of.group().getName(),
                            of.size(), of.lastModifiedTime(), folder.relativize(file));
                }
            }
        }
    }

    static void database(Path data, PrintStream out) throws IOException {
        if (!Files.exists(StoreCopy.file(data))) {
            throw new NoSuchFileException(StoreCopy.file(data).toString());
        }
        try {
            StoreCopy.Contents contents = StoreCopy.contents(data);
            out.println(Counted.of(contents.accounts(), "account"));
            out.println(Counted.of(contents.sessions(), "jump session") + ", " + contents.open() + " not over");
        } catch (StoreException e) {
            out.println(e.sentence());
        }
    }
}
