package io.sluice.cli;

import io.sluice.dissect.Protocol;
import io.sluice.dissect.Protocols;
import io.sluice.rules.learn.ProposalOptions;
import io.sluice.rules.policy.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code sluice learn} may be asked for; mix it into the command. */
final class LearnOptions {
    private static final int MOST_GAP = 1_000;
    private static final int MOST_MARGIN = 1_000;

    @Parameters(paramLabel = "CAPTURE", arity = "0..*", description = "Capture files (pcap or pcapng, also compressed by gzip or zstd), read as one recording in this"
            + " order; - reads standard input.")
    private List<String> captures = List.of();

    @Option(names = "--journal", paramLabel = "FOLDER", description = "Learn from a firewall's journal instead: writes and denials, and reads if it was kept with detail: all.")
    private Optional<Path> journal = Optional.empty();

    @Option(names = "--from", paramLabel = "FILE", description = "Add what an earlier run kept with --save; several times for several files. Frame numbers run on from file to"
            + " file.")
    private List<Path> from = List.of();

    @Option(names = "--name", paramLabel = "NAME", defaultValue = "learnt", description = "Of the policy; learnt unless given.")
    private String name = "learnt";

    @Option(names = "--gap", paramLabel = "N", defaultValue = "4", description = "Close gaps of at most N addresses between addresses that are read (default 4). Never for writes.")
    private int gap = 4;

    @Option(names = "--margin", paramLabel = "PERCENT", defaultValue = "10", description = "Widen the range of values that were written by so much of it at both ends (default 10).")
    private int margin = 10;

    @Option(names = "--least", paramLabel = "N", defaultValue = "2", description = "What was seen fewer than N times is left out (default 2).")
    private int least = 2;

    @Option(names = "--without-writes", description = "Show rules that change a device as comments only.")
    private boolean withoutWrites;

    @Option(names = "--zone", paramLabel = "ZONE=NETWORK", description = "Addresses of this network are in this zone, as in --zone cell-3=10.3.1.0/24 (several networks:"
            + " with commas). Others: by interface, else by VLAN, else by subnet and by who serves.")
    private List<String> zones = List.of();

    @Option(names = "--prefix", paramLabel = "BITS", defaultValue = "24", description = "Length of the prefix that makes IPv4 addresses a zone where nothing else tells (default 24).")
    private int prefix = 24;

    @Option(names = "--service", paramLabel = "PROTOCOL=PORT", description = "A protocol is spoken on this port, too, as in --service modbus=1502.")
    private List<String> services = List.of();

    @Option(names = "--expect", paramLabel = "N", defaultValue = "10", description = "Turn the N most frequent requests into expectations (default 10).")
    private int expectations = 10;

    List<String> captures() {
        return List.copyOf(captures);
    }

    Optional<Path> journal() {
        return journal;
    }

    List<Path> from() {
        return List.copyOf(from);
    }

    void check() throws WrongUsage {
        if (captures.isEmpty() && journal.isEmpty() && from.isEmpty()) {
            throw new WrongUsage(
                    "name captures to learn from, a journal with --journal FOLDER, or with --from FILE what"
                            + " an earlier run kept");
        }
        if (!captures.isEmpty() && journal.isPresent()) {
            throw new WrongUsage(
                    "captures and --journal are two sources; learn from each with --save FILE, then put them"
                            + " together with --from FILE --from FILE");
        }
        if (captures.stream().filter("-"::equals).count() > 1) {
            throw new WrongUsage("standard input can be read only once");
        }
        services();
        within("--gap", gap, 0, MOST_GAP);
        within("--margin", margin, 0, MOST_MARGIN);
        within("--least", least, 1, 1_000_000);
        within("--prefix", prefix, 1, 32);
        within("--expect", expectations, 0, 1_000);
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new WrongUsage("--name " + name + " is not a name; names have letters, digits, `.`, `_` and `-`");
        }
    }

    private static void within(String option, int value, int min, int max) throws WrongUsage {
        if (value < min || value > max) {
            throw new WrongUsage(option + " " + value + " is not a number from " + min + " to " + max);
        }
    }

    ProposalOptions proposal(String source) throws WrongUsage {
        return new ProposalOptions(name, gap, margin, least, !withoutWrites, prefix, 64, networks(), expectations,
                source);
    }

    private Map<String, List<Network>> networks() throws WrongUsage {
        Map<String, List<Network>> networks = new LinkedHashMap<>();
        for (String zone : zones) {
            int equals = zone.indexOf('=');
            if (equals < 1 || !zone.substring(0, equals).matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
                throw new WrongUsage("--zone " + zone + ": write ZONE=NETWORK, as in --zone cell-3=10.3.1.0/24");
            }
            for (String text : zone.substring(equals + 1).split(",", -1)) {
                Optional<String> problem = Network.problem(text.strip());
                if (problem.isPresent()) {
                    throw new WrongUsage("--zone " + zone + ": " + problem.get());
                }
                networks.computeIfAbsent(zone.substring(0, equals), _ -> new ArrayList<>())
                        .add(Network.parse(text.strip()).orElseThrow());
            }
        }
        return networks;
    }

    /** The same after {@link #check}, which has found it sound. */
    Map<Protocol, List<Integer>> learntServices() {
        try {
            return services();
        } catch (WrongUsage e) {
            throw new IllegalStateException(e);
        }
    }

    /** Networks as written, by zone, for a policy that has such zones. */
    Map<String, String> zones() throws WrongUsage {
        return ZoneOption.byName(zones);
    }

    /** More ports by protocol. A port speaks one of them. */
    Map<Protocol, List<Integer>> services() throws WrongUsage {
        Map<Integer, Protocol> owners = new LinkedHashMap<>();
        Protocols.ALL.forEach(p -> owners.put(p.defaultPort(), p));
        Map<Protocol, List<Integer>> ports = new LinkedHashMap<>();
        for (String service : services) {
            String[] parts = service.split("=", -1);
            Optional<Protocol> protocol = Protocols.named(parts[0]);
            if (parts.length != 2 || protocol.isEmpty() || !parts[1].matches("[0-9]{1,5}")
                    || Integer.parseInt(parts[1]) < 1 || Integer.parseInt(parts[1]) > 65_535) {
                throw new WrongUsage(
                        "--service " + service + ": write PROTOCOL=PORT, as in --service modbus=1502; there is "
                                + Protocols.ALL.stream().map(Protocol::name).collect(Collectors.joining(", ")));
            }
            int port = Integer.parseInt(parts[1]);
            Protocol owner = owners.putIfAbsent(port, protocol.get());
            if (owner != null && !owner.equals(protocol.get())) {
                throw new WrongUsage("--service " + service + ": port " + port + " is taken by " + owner.name());
            }
            ports.computeIfAbsent(protocol.get(), _ -> new ArrayList<>()).add(port);
        }
        return ports;
    }
}
