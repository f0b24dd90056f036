package io.sluice.cli;

import io.sluice.capture.CaptureException;
import io.sluice.capture.CaptureTrouble;
import io.sluice.dissect.Protocol;
import io.sluice.dissect.Protocols;
import io.sluice.replay.Dissection;
import io.sluice.replay.Dissection.Summary;
import io.sluice.replay.DissectionWriter;
import io.sluice.replay.InputSummary;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice dissect}: which protocol messages are in this capture? */
@Command(name = "dissect", sortOptions = false, description = {
        "List the protocol messages of a capture, one a line, as the firewall sees them.", "",
        "No policy is needed and nothing is judged, but what is malformed is named.",
        ""}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:the capture was read", "2:wrong usage",
                "3:the capture cannot be read"}, footerHeading = "%nExamples:%n", footer = {
                        "  sluice dissect plant.pcapng",
                        "  sluice dissect --protocol modbus --port 1502 --format tsv plant.pcap.gz",
                        "  tcpdump -U -w - -i eth1 port 502 | sluice dissect -"})
final class DissectCommand extends Verb {
    @Mixin
    private DissectOptions options = new DissectOptions();

    DissectCommand(Console console) {
        super(console);
    }

    @Override
    ExitCode run(Console console) throws CouldNotRun, WrongUsage {
        Map<Protocol, Integer> ports = ports();
        if (options.format() == DissectOptions.Format.TSV && ports.size() > 1) {
            throw new WrongUsage("--format tsv needs --protocol, since each protocol has columns of its own; there is "
                    + names());
        }
        PrintStream out = console.out();
        DissectionWriter writer = new DissectionWriter(out, switch (options.format()) {
            case TEXT -> DissectionWriter.Form.TEXT;
            case JSON -> DissectionWriter.Form.JSON;
            case TSV -> DissectionWriter.Form.TSV;
        });
        CaptureArgument capture = CaptureArgument.of(options.capture(), console);
        try {
            capture.tryToOpen();
            writer.header(ports.keySet().iterator().next().columns());
            Summary summary = new Dissection(ports).run(capture, new ProgressLine(console),
                    new Printer(writer, console, capture.isStandardInput()));
            out.flush();
            report(console.err(), summary, ports);
            return ExitCode.DONE;
        } catch (ReaderGone e) {
            return ExitCode.DONE;
        } catch (CaptureException e) {
            throw new CouldNotRun(e.getMessage());
        }
    }

    /** {@code | head} has seen enough, and so the rest of a large capture need not be read. */
    private static final class ReaderGone extends RuntimeException {
        private static final long serialVersionUID = 1;

        ReaderGone() {
            super("nobody reads the answer any more", null, false, false);
        }
    }

    /** Prints messages. What comes live shows at once; what comes fast goes out in large pieces. */
    private static final class Printer implements Dissection.Rows {
        private static final long ROWS_BETWEEN_CHECKS = 1000;

        private final DissectionWriter writer;
        private final Console console;
        private final boolean live;
        private long rows;

        Printer(DissectionWriter writer, Console console, boolean live) {
            this.writer = writer;
            this.console = console;
            this.live = live;
        }

        @Override
        public void row(Dissection.Row row) {
            writer.write(row);
            boolean due = ++rows % ROWS_BETWEEN_CHECKS == 0 || (live && nothingWaits());
            if (due && console.readerGone()) {
                throw new ReaderGone();
            }
        }

        private boolean nothingWaits() {
            try {
                return console.in().available() == 0;
            } catch (IOException e) {
                return false; // the reader of the capture meets the same, and reports it
            }
        }
    }

    private Map<Protocol, Integer> ports() throws WrongUsage {
        Map<Protocol, Integer> ports = new LinkedHashMap<>();
        if (options.protocol().isPresent()) {
            String name = options.protocol().get();
            Protocol protocol = Protocols.named(name).orElseThrow(() -> new WrongUsage("protocol `" + name
                    + "` is not known; there is " + names()));
            ports.put(protocol, options.port().orElse(protocol.defaultPort()));
        } else if (options.port().isPresent() && Protocols.ALL.size() > 1) {
            throw new WrongUsage("--port needs --protocol, to know which protocol uses it");
        } else {
            for (Protocol protocol : Protocols.ALL) {
                ports.put(protocol, options.port().orElse(protocol.defaultPort()));
            }
        }
        return ports;
    }

    private static String names() {
        return Protocols.ALL.stream().map(Protocol::name).collect(Collectors.joining(", "));
    }

    /** Beside the messages: what was wrong with the file, and why a capture may show nothing. */
    private static void report(PrintStream err, Summary summary, Map<Protocol, Integer> ports) {
        InputSummary input = summary.input();
        for (CaptureTrouble trouble : input.troubles()) {
            err.println("sluice: " + input.name() + ": " + trouble.sentence());
        }
        long unlisted = input.troubleCount() - input.troubles().size();
        if (unlisted > 0) {
            err.println("sluice: " + input.name() + ": and " + unlisted + " more of the kind");
        }
        summary.anomalies().forEach((anomaly, count) -> err.println("sluice: " + input.name() + ": " + anomaly.word()
                + ", " + Counted.of(count, "time") + ": " + anomaly.sentence()));
        if (input.packets() == 0) {
            err.println("sluice: " + input.name() + ": holds no packets; nothing was captured");
        } else if (summary.messages() == 0) {
            err.println("sluice: " + input.name() + ": no messages in " + Counted.of(input.packets(), "packet")
                    + "; looked for " + ports.entrySet().stream()
                            .map(p -> p.getKey().name() + " on port " + p.getValue()).collect(Collectors.joining(", "))
                    + "; give --port N where another port is used");
        }
    }
}
