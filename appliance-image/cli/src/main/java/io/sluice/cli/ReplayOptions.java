package io.sluice.cli;

import io.sluice.replay.Replay;
import io.sluice.replay.ReportLanguage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code sluice replay} may be asked for; mix it into the command. */
final class ReplayOptions {
    /** What a capture is taken for. */
    enum Profile {
        /** What a mirror port saw: flows that began earlier are picked up, gaps are skipped and counted. */
        OBSERVE,
        /** What the firewall would have done, packet by packet. */
        INLINE;

        io.sluice.engine.Profile engine() {
            return this == OBSERVE ? io.sluice.engine.Profile.OBSERVE : io.sluice.engine.Profile.INLINE;
        }
    }

    /** How the report is written. */
    enum Format {
        TEXT,
        JSON,
        HTML
    }

    /** In which language a page is. */
    enum Language {
        EN,
        DE
    }

    /** Which packets are copied. */
    enum Only {
        DENIED
    }

    /** Which verdicts become expectations. */
    enum ExpectFrom {
        DENIED,
        ALLOWED,
        ALL
    }

    @Parameters(paramLabel = "CAPTURE", arity = "1..*", description = "Capture files (pcap or pcapng, also compressed by gzip or zstd), judged as one recording in"
            + " this order; - reads standard input.")
    private List<String> captures = List.of();

    @Option(names = "--policy", paramLabel = "FILE", required = true, description = "The policy to judge by.")
    private String policy = "";

    @Option(names = "--baseline", paramLabel = "FILE", description = "Another policy, such as the active one: report also which messages get another verdict.")
    private Optional<String> baseline = Optional.empty();

    @Option(names = "--zone", paramLabel = "ZONE=NETWORK", description = "Addresses of this network lie in this zone, as in --zone cell-3=10.3.1.0/24 (several networks:"
            + " with commas). A capture knows no ports, so zones that have neither assets nor networks need it.")
    private List<String> zones = List.of();

    @Option(names = "--profile", paramLabel = "PROFILE", defaultValue = "OBSERVE", description = "observe (default): judge every message, as from a mirror port; inline: do exactly what the"
            + " firewall would have done to the packets.")
    private Profile profile = Profile.OBSERVE;

    @Option(names = "--log", paramLabel = "FILE", description = "Write one JSON line for each verdict to this file. The same captures and policy give the same"
            + " bytes.")
    private Optional<Path> log = Optional.empty();

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "TEXT", description = "Of the report: text (default), json or html.")
    private Format format = Format.TEXT;

    @Option(names = "--lang", paramLabel = "LANGUAGE", description = "With --format html: en (default) or de.")
    private Optional<Language> language = Optional.empty();

    @Option(names = "--annotate", paramLabel = "OUT.pcapng", description = "Copy the packets to this file with the verdict as a comment on each, to be read in Wireshark.")
    private Optional<Path> annotate = Optional.empty();

    @Option(names = "--only", paramLabel = "VERDICT", description = "With --annotate, denied: copy only the packets in which something is denied.")
    private Optional<Only> only = Optional.empty();

    @Option(names = "--watch", description = "Stay, and judge again whenever the policy's file is saved: prints what has changed. Ctrl-C ends.")
    private boolean watch;

    @Option(names = "--expect-out", paramLabel = "FILE", description = "Write verdicts as lines for the policy's `expect` section, one for each distinct operation.")
    private Optional<Path> expectOut = Optional.empty();

    @Option(names = "--expect-from", paramLabel = "VERDICTS", description = "With --expect-out: denied (default), allowed or all.")
    private Optional<ExpectFrom> expectFrom = Optional.empty();

    List<String> captures() {
        return List.copyOf(captures);
    }

    String policy() {
        return policy;
    }

    Optional<String> baseline() {
        return baseline;
    }

    /** Networks as written, with commas between, by zone name, in the order given. */
    Map<String, String> zones() throws WrongUsage {
        return ZoneOption.byName(zones);
    }

    Profile profile() {
        return profile;
    }

    Optional<Path> log() {
        return log;
    }

    Format format() {
        return format;
    }

    Optional<Path> annotate() {
        return annotate;
    }

    ReportLanguage language() {
        return language.orElse(Language.EN) == Language.DE ? ReportLanguage.DE : ReportLanguage.EN;
    }

    boolean watch() {
        return watch;
    }

    /** What is written beside the report. */
    Replay.Outputs outputs() {
        return new Replay.Outputs(log, annotate.map(file -> new Replay.Annotated(file, only.isPresent())),
                expectOut.map(file -> new Replay.Expected(file,
                        switch (expectFrom.orElse(ExpectFrom.DENIED)) {
                            case DENIED -> Replay.ExpectationChoice.DENIED;
                            case ALLOWED -> Replay.ExpectationChoice.ALLOWED;
                            case ALL -> Replay.ExpectationChoice.ALL;
                        })));
    }

    /** The files that are written, by the options that name them. */
    Map<String, Path> written() {
        Map<String, Path> files = new LinkedHashMap<>();
        log.ifPresent(file -> files.put("--log", file));
        annotate.ifPresent(file -> files.put("--annotate", file));
        expectOut.ifPresent(file -> files.put("--expect-out", file));
        return files;
    }

    /** Only one thing can come from standard input, and what is written must be files. */
    void check() throws WrongUsage {
        for (Map.Entry<String, Path> file : written().entrySet()) {
            if (isDash(file.getValue())) {
                throw new WrongUsage("standard output has the report; give " + file.getKey() + " the name of a file");
            }
        }
        if (only.isPresent() && annotate.isEmpty()) {
            throw new WrongUsage("--only says which packets --annotate copies; add --annotate OUT.pcapng");
        }
        if (expectFrom.isPresent() && expectOut.isEmpty()) {
            throw new WrongUsage("--expect-from says what --expect-out writes; add --expect-out FILE");
        }
        checkWatch();
        if (language.isPresent() && format != Format.HTML) {
            throw new WrongUsage("--lang is for the page; add --format html, or leave it out");
        }
        long fromStdin = captures.stream().filter("-"::equals).count() + (policy.equals("-") ? 1 : 0)
                + baseline.filter("-"::equals).stream().count();
        if (fromStdin > 1) {
            throw new WrongUsage("standard input can be read only once, but `-` is given " + fromStdin + " times");
        }
    }

    /** It prints changes for people as they come, again and again. */
    private void checkWatch() throws WrongUsage {
        if (!watch) {
            return;
        }
        if (policy.equals("-") || captures.contains("-")) {
            throw new WrongUsage("--watch reads policy and captures several times, but standard input only comes once;"
                    + " give files");
        }
        if (profile == Profile.INLINE) {
            throw new WrongUsage("--watch judges as an observer; leave out --profile inline");
        }
        if (format != Format.TEXT || !written().isEmpty() || baseline.isPresent()) {
            throw new WrongUsage("--watch compares each policy with the one before and prints that as text; leave out"
                    + " --baseline, --format, --log, --annotate and --expect-out");
        }
    }

    private static boolean isDash(Path file) {
        return file.toString().equals("-");
    }
}
