package io.sluice.cli;

import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code sluice dissect} may be asked for; mix it into the command. */
final class DissectOptions {
    /** How messages are printed. */
    enum Format {
        /** One line a message, for people. */
        TEXT,
        /** One JSON object a line. */
        JSON,
        /** The columns of the truth tables: a header line, then one line a message. */
        TSV
    }

    @Parameters(paramLabel = "CAPTURE", arity = "1", description = "A capture file (pcap or pcapng, also compressed by gzip or zstd); - reads standard input.")
    private String capture = "";

    @Option(names = "--protocol", paramLabel = "NAME", description = "Read only this protocol. Default: each known protocol on its own port.")
    private Optional<String> protocol = Optional.empty();

    @Option(names = "--port", paramLabel = "N", description = "The port the protocol uses, where it is not the registered one (502 for modbus, 4840 for opcua); needs --protocol.")
    private Optional<Integer> port = Optional.empty();

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "TEXT", description = "text (default), json (one object a line) or tsv (a table with a header line; needs --protocol).")
    private Format format = Format.TEXT;

    String capture() {
        return capture;
    }

    Optional<String> protocol() {
        return protocol;
    }

    Optional<Integer> port() throws WrongUsage {
        if (port.isPresent() && (port.get() < 1 || port.get() > 65_535)) {
            throw new WrongUsage("--port " + port.get() + " is not a port; ports are 1 to 65535");
        }
        return port;
    }

    Format format() {
        return format;
    }
}
