package io.sluice.bench.jump;

import io.sluice.broker.Gateway;
import io.sluice.broker.GatewayLimits;
import io.sluice.broker.GatewaySettings;
import io.sluice.load.rig.Questions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The gateway in a process of its own, so that its processor time and memory are known. Started with a folder, and address and
 * port of the controller. Asked {@code port}, {@code key}, {@code connected}, {@code heap} (bytes in use after a collection) or
 * {@code revoke LOGIN}.
 */
public final class GatewayProcess {
    /** Everybody comes from one address here, and at once. */
    private static final GatewayLimits LIMITS = new GatewayLimits(64, 64, 256, 100_000, Duration.ofSeconds(30), 6, 32,
            65_536, Duration.ofSeconds(5), Duration.ofSeconds(30));

    private GatewayProcess() {}

    public static void main(String... arguments) throws IOException {
        Visitors visitors = new Visitors(arguments[1], Integer.parseInt(arguments[2]));
        GatewaySettings settings = new GatewaySettings(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Path.of(arguments[0], "gateway_key"), Optional.empty(), LIMITS);
        try (Gateway gateway = Gateway.start(settings, visitors)) {
            Questions.serve(words -> List.of(switch (words.getFirst()) {
                case "port" -> Integer.toString(gateway.address().getPort());
                case "key" -> gateway.hostKey();
                case "connected" -> Integer.toString(gateway.counts().connected());
                case "heap" -> Long.toString(heap());
                case "revoke" -> {
                    visitors.revoke(words.get(1));
                    yield "done";
                }
                default -> throw new IOException("unknown question " + words);
            }));
        }
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 3; i++) { // what a cleaner holds goes with the next
            System.gc();
            Thread.sleep(100);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
