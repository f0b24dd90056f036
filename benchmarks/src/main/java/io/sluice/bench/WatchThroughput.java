package io.sluice.bench;

import io.sluice.capture.CaptureException;
import io.sluice.replay.Progress;
import io.sluice.replay.Replay.Judge;
import io.sluice.replay.Watch;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.PolicyReader;
import io.sluice.testdata.ModbusTraffic;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * How long {@code replay --watch} takes from a saved policy to what it changes, on a capture of Modbus traffic: reading
 * and compiling the policy, judging by it and by the one before, and comparing. The first policy reads the capture.
 */
public final class WatchThroughput {
    private static final int ROUNDS = 8;

    private WatchThroughput() {}

    /** Arguments: number of packets (1 000 000), number of connections (100). */
    public static void main(String... arguments) throws IOException, CaptureException {
        long packets = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1_000_000;
        int connections = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
        Path capture = Files.createTempFile("sluice-watch-", ".pcap");
        try {
            ModbusTraffic traffic = new ModbusTraffic(packets, connections, 1);
            traffic.write(capture);
            System.out.printf(Locale.ROOT, "capture: %,d packets, %,d connections, %,d bytes%n", packets, connections,
                    Files.size(capture));
            try (Watch watch = new Watch(List.of(new CaptureFile(capture)))) {
                for (int round = 0; round <= ROUNDS; round++) {
                    round(watch, round, edited(traffic.policy(), round));
                }
            }
        } finally {
            Files.delete(capture);
        }
    }

    private static void round(Watch watch, int round, String text) throws CaptureException {
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long clock = System.nanoTime();
        Policy policy = ((PolicyReader.Result.Read) PolicyReader.read("traffic.yaml", text)).policy();
        Watch.Round done = watch.judge(new Judge(policy, DecideBenchmark.compile(text), List.of()), Progress.NONE);
        System.out.printf(Locale.ROOT, "%s: %.3f s by the clock, %.3f s of CPU; %,d messages, %,d verdicts changed%n",
                done.read() ? "read" : "save " + round, (System.nanoTime() - clock) / 1e9,
                (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e9,
                done.report().totals().messages(), done.report().changes().map(c -> c.changed()).orElse(0L));
    }

    /** Each time another version: a limit that is lower or not. */
    private static String edited(String text, int round) {
        return round % 2 == 0 ? text : text.replace("0..1500", "0..700");
    }
}
