package io.sluice.cli;

import io.sluice.archive.ArchiveSettings;
import io.sluice.archive.ArchiveSummary;
import io.sluice.archive.ArchiveSummary.SensorSummary;
import io.sluice.archive.FileOutcome;
import java.io.PrintStream;
import java.util.List;

/** What a run over an archive found, for people. */
final class ArchiveText {
    private static final int MOST_SENSORS = 50;
    private static final int MOST_FILES = 100;

    private ArchiveText() {}

    static void write(ArchiveSummary summary, ArchiveSettings settings, PrintStream out) {
        out.println("policy      " + settings.judge().compiled().name() + " (SHA-256 "
                + settings.judge().compiled().hash() + ")");
        long files = summary.sensors().stream().mapToLong(s -> s.files().size()).sum();
        long bytes = summary.sensors().stream().mapToLong(SensorSummary::bytes).sum();
        long packets = summary.sensors().stream().mapToLong(SensorSummary::packets).sum();
        out.println("captures    " + counted(files, "capture") + " of " + counted(summary.sensors().size(), "sensor")
                + ", " + counted(packets, "packet") + ", " + Amount.bytes(bytes));
        if (summary.finishedBefore() > 0) {
            out.println("            finished by an earlier run: " + Amount.number(summary.finishedBefore()));
        }
        if (summary.otherFiles() > 0) {
            out.println("            left alone, since not named like a capture: "
                    + counted(summary.otherFiles(), "file"));
        }
        out.println("rows        " + Amount.number(summary.rows()) + " in `" + settings.out() + "`; "
                + Amount.number(summary.denied()) + " messages and connections denied");
        sensors(summary.sensors(), out);
        troubles(summary.troubled(), out);
    }

    private static String counted(long count, String noun) {
        return Amount.number(count) + " " + noun + (count == 1 ? "" : "s");
    }

    private static void sensors(List<SensorSummary> sensors, PrintStream out) {
        out.println();
        sensors.stream().limit(MOST_SENSORS).forEach(s -> out.println("sensor      " + s.name() + ": "
                + counted(s.files().size(), "capture") + ", " + counted(s.packets(), "packet") + ", "
                + counted(s.rows(), "row") + ", " + Amount.number(s.denied()) + " denied" + span(s)));
        if (sensors.size() > MOST_SENSORS) {
            out.println("            and " + Amount.number(sensors.size() - MOST_SENSORS) + " more");
        }
    }

    private static String span(SensorSummary sensor) {
        List<FileOutcome> dated = sensor.files().stream().filter(f -> f.packets() > 0).toList();
        return dated.isEmpty()
                ? ""
                : ", " + Amount.time(dated.stream().mapToLong(FileOutcome::firstNanos).min().orElseThrow()) + " to "
                        + Amount.time(dated.stream().mapToLong(FileOutcome::lastNanos).max().orElseThrow());
    }

    private static void troubles(List<FileOutcome> files, PrintStream out) {
        if (files.isEmpty()) {
            return;
        }
        out.println();
        out.println(counted(files.size(), "capture") + " could not be used whole:");
        for (FileOutcome file : files.stream().limit(MOST_FILES).toList()) {
            out.println("  " + file.name() + ": " + String.join("; ", file.troubles())
                    + (file.troubleCount() > file.troubles().size()
                            ? "; and " + Amount.number(file.troubleCount() - file.troubles().size()) + " more"
                            : ""));
        }
        if (files.size() > MOST_FILES) {
            out.println(
                    "  and " + Amount.number(files.size() - MOST_FILES) + " more; state/ in the results has them all");
        }
    }
}
