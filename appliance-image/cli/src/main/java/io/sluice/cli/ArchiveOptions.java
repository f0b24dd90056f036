package io.sluice.cli;

import io.sluice.archive.ArchiveSettings;
import io.sluice.archive.Grouping;
import io.sluice.archive.RowForm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code sluice archive} may be asked for; mix it into the command. */
final class ArchiveOptions {
    private static final int MOST_WORKERS = 256;

    @Parameters(paramLabel = "FOLDER", arity = "1", description = "The folder with the captures, at any depth (pcap or pcapng, also compressed by gzip or zstd).")
    private String folder = "";

    @Option(names = "--policy", paramLabel = "FILE", required = true, description = "The policy to judge by.")
    private String policy = "";

    @Option(names = "--out", paramLabel = "FOLDER", required = true, description = "A folder for the rows; made where there is none. If a run was cut off, the same command goes on"
            + " where it was.")
    private String out = "";

    @Option(names = "--rows", paramLabel = "FORM", defaultValue = "BOTH", description = "json: JSON lines; parquet; both (default).")
    private RowForm form = RowForm.BOTH;

    @Option(names = "--sensors", paramLabel = "BY", defaultValue = "NAME", description = "Which captures are one recording: name (default): those of a folder with the same name before"
            + " rotation number and time; folder: all of a folder; file: each alone.")
    private Grouping grouping = Grouping.NAME;

    @Option(names = "--zone", paramLabel = "ZONE=NETWORK", description = "Addresses of this network lie in this zone, as in --zone cell-3=10.3.1.0/24 (several networks:"
            + " with commas).")
    private List<String> zones = List.of();

    @Option(names = "--profile", paramLabel = "PROFILE", defaultValue = "OBSERVE", description = "observe (default) or inline, as for replay.")
    private ReplayOptions.Profile profile = ReplayOptions.Profile.OBSERVE;

    @Option(names = "--workers", paramLabel = "N", defaultValue = "0", description = "Sensors judged at a time; as many as there are cores unless given.")
    private Integer workers = 0;

    @Option(names = "--part", paramLabel = "MIB", defaultValue = "128", description = "Captures of about so many MiB make one file of rows (128 unless given): what a run that is cut off"
            + " does again.")
    private Integer part = (int) (ArchiveSettings.PART_BYTES >> 20);

    Path folder() throws CouldNotRun {
        return FileName.of(folder);
    }

    String policy() {
        return policy;
    }

    Path out() throws CouldNotRun {
        return FileName.of(out);
    }

    RowForm form() {
        return form;
    }

    Grouping grouping() {
        return grouping;
    }

    /** Networks as written, with commas between, by zone name, in the order given. */
    Map<String, String> zones() throws WrongUsage {
        return ZoneOption.byName(zones);
    }

    ReplayOptions.Profile profile() {
        return profile;
    }

    int workers() {
        return workers == 0 ? Runtime.getRuntime().availableProcessors() : workers;
    }

    long partBytes() {
        return (long) part << 20;
    }

    void check() throws WrongUsage {
        if (workers < 0 || workers > MOST_WORKERS) {
            throw new WrongUsage("--workers " + workers + ": give 1 to " + MOST_WORKERS);
        }
        if (part < 1) {
            throw new WrongUsage("--part " + part + ": give 1 or more, in MiB of captures");
        }
    }
}
