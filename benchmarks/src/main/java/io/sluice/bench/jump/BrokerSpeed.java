package io.sluice.bench.jump;

import io.sluice.bench.jump.RoundTrips.Way;
import io.sluice.load.rig.Asked;
import io.sluice.load.rig.RigException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What the gateway for jump sessions adds to a round trip, beside the controller itself and plain SSH forwarding by the same
 * library; and 200 sessions at once: their memory, their rate, and how soon a revoked one is dead. All on loopback, each side a
 * process of its own, clients are OpenSSH's. The firewall is not in the way: it is measured by itself.
 */
public final class BrokerSpeed implements AutoCloseable {
    /** As {@code ./sluice manage} starts Java, in whose process the gateway is. */
    private static final List<String> JAVA = List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Xms48m",
            "-Xmn32m", "-Xmx256m", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final double ADDED_P50 = 200, ADDED_P99 = 1000;

    private final Path folder;
    private final int seconds;
    private final List<Asked> processes = new ArrayList<>();
    private final Asked gateway;
    private final Asked controller;
    private final int port;

    private BrokerSpeed(Path folder, int seconds) throws RigException {
        this.folder = folder;
        this.seconds = seconds;
        controller = start("the controller", Controller.class);
        port = Integer.parseInt(answer(controller, "port"));
        gateway = start("the gateway", GatewayProcess.class, folder.toString(), Controller.ADDRESS,
                Integer.toString(port));
    }

    /** Seconds that each way, and the load, are measured (10). */
    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10;
        Path folder = Files.createTempDirectory("sluice-broker-");
        long began = System.nanoTime();
        String failed = "";
        try {
            System.out.println("clients: " + Ssh.prepare(folder));
            try (BrokerSpeed speed = new BrokerSpeed(folder, seconds)) {
                speed.roundTrips();
                Ssh.Server server = speed.server(speed.gateway);
                try (Sessions sessions = new Sessions(speed.gateway, speed.controller, server, speed.port)) {
                    sessions.measure(seconds);
                }
            }
        } catch (IOException e) {
            failed = String.valueOf(e.getMessage());
        } catch (RigException e) {
            failed = e.sentence();
        } finally {
            remove(folder);
        }
        if (!failed.isEmpty()) {
            System.err.println("benchmark of the broker: " + failed);
            System.exit(1);
        }
        System.out.printf(Locale.ROOT, "done in %.0f s%n", (System.nanoTime() - began) / 1e9);
    }

    private Asked start(String name, Class<?> main, String... arguments) throws RigException {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(JAVA);
        String more = System.getProperty("sluice.bench." + main.getSimpleName()); // such as a profiler
        if (more != null) {
            words.addAll(List.of(more.split(" ", -1)));
        }
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        words.addAll(List.of(arguments));
        Asked asked = new Asked(name, words);
        processes.add(asked);
        return asked.awaitReady();
    }

    static String answer(Asked asked, String question) throws RigException {
        return asked.ask(PATIENCE, question).getFirst();
    }

    private Ssh.Server server(Asked asked) throws RigException {
        return new Ssh.Server(folder, Integer.parseInt(answer(asked, "port")), answer(asked, "key"));
    }

    private void roundTrips() throws IOException, RigException {
        Asked plain = start("plain forwarding", PlainProcess.class, folder.toString());
        try (Ssh throughPlain = server(plain).forward("plain", Controller.ADDRESS + ":" + port);
                Ssh throughGateway = server(gateway).forward("anna", "plc:" + port);
                SocketChannel direct = Ssh.channel(new InetSocketAddress(Controller.ADDRESS, port));
                SocketChannel forwarded = throughPlain.connect();
                SocketChannel brokered = throughGateway.connect()) {
            Way self = new Way("direct", direct);
            Way ssh = new Way("plain SSH forwarding (Apache MINA)", forwarded);
            Way sluice = new Way("Sluice's gateway", brokered);
            List<Way> ways = List.of(self, ssh, sluice);
            RoundTrips.warm(ways, seconds);
            Work ofPlain = Work.of(plain);
            Work ofGateway = Work.of(gateway);
            RoundTrips.measure(ways, seconds);
            ofPlain = Work.of(plain).since(ofPlain);
            ofGateway = Work.of(gateway).since(ofGateway);
            System.out.printf(Locale.ROOT, "round trips, Modbus read of %d registers, one at a time:%n",
                    Read.REGISTERS);
            ways.forEach(System.out::println);
            double p50 = sluice.percentile(50) - self.percentile(50);
            double p99 = sluice.percentile(99) - self.percentile(99);
            System.out.printf(Locale.ROOT,
                    "  added to direct: p50 %.1f µs (at most %.0f: %s), p99 %.1f µs (at most %.0f: %s)%n", p50,
                    ADDED_P50, aim(p50 <= ADDED_P50), p99, ADDED_P99, aim(p99 <= ADDED_P99));
            System.out.printf(Locale.ROOT,
                    "  of plain forwarding: p50 %.2f, p99 %.2f, p99.9 %.2f; of direct: p50 %.2f%n",
                    sluice.percentile(50) / ssh.percentile(50), sluice.percentile(99) / ssh.percentile(99),
                    sluice.percentile(99.9) / ssh.percentile(99.9), sluice.percentile(50) / self.percentile(50));
            System.out.printf(Locale.ROOT, "  plain forwarding added to direct: p50 %.1f µs, p99 %.1f µs%n",
                    ssh.percentile(50) - self.percentile(50), ssh.percentile(99) - self.percentile(99));
            System.out.printf(
                    "  of its process, compilers not counted, a round trip takes: plain forwarding %s; Sluice's gateway %s%n",
                    ofPlain.each(ssh.count()), ofGateway.each(sluice.count()));
        } finally {
            plain.end();
        }
    }

    static String aim(boolean reached) {
        return reached ? "reached" : "missed";
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public void close() {
        processes.forEach(Asked::end);
    }
}
