package io.sluice.bench;

import io.sluice.capture.CaptureException;
import io.sluice.engine.Profile;
import io.sluice.replay.Progress;
import io.sluice.replay.Replay;
import io.sluice.replay.Report;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.PolicyReader;
import io.sluice.testdata.ModbusTraffic;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How fast {@code replay} judges a capture of Modbus traffic, as packets per CPU-second of this thread, and what it
 * costs in memory. The capture is generated, always the same. With tshark on the machine, the same file through
 * {@code tshark -r} gives the scale.
 */
public final class ReplayThroughput {
    private static final int ROUNDS = 8;

    private ReplayThroughput() {}

    /** Arguments: number of packets (1 000 000), number of connections (100). */
    public static void main(String... arguments) throws IOException, CaptureException, InterruptedException {
        long packets = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1_000_000;
        int connections = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
        Path capture = Files.createTempFile("sluice-replay-", ".pcap");
        try {
            ModbusTraffic traffic = new ModbusTraffic(packets, connections, 1);
            traffic.write(capture);
            System.out.printf(Locale.ROOT, "capture: %,d packets, %,d connections, %,d bytes%n", packets, connections,
                    Files.size(capture));
            double best = rounds(capture, packets, traffic.policy());
            tshark(capture, packets, best);
            System.out.println("memory of this process at its highest: " + highestResident());
        } finally {
            Files.delete(capture);
        }
    }

    private static double rounds(Path capture, long packets, String text) throws IOException, CaptureException {
        Policy policy = ((PolicyReader.Result.Read) PolicyReader.read("traffic.yaml", text)).policy();
        CompiledPolicy compiled = DecideBenchmark.compile(text);
        Replay replay = new Replay(new Replay.Judge(policy, compiled, List.of()), Profile.OBSERVE, Optional.empty(),
                Replay.Outputs.NONE);
        double best = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            Report report = replay.run(List.of(new CaptureFile(capture)), Progress.NONE);
            double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e9;
            best = Math.max(best, packets / seconds);
            System.out.printf(Locale.ROOT, "round %d: %.2f million packets per CPU-second; %,d messages, %,d denied%n",
                    round, packets / seconds / 1e6, report.totals().messages(), report.totals().denied());
        }
        return best;
    }

    private static void tshark(Path capture, long packets, double best) throws IOException, InterruptedException {
        Path output = Files.createTempFile("sluice-tshark-", ".out");
        try {
            Process process = new ProcessBuilder("bash", "-c",
                    "TIMEFORMAT='%U %S'; time tshark -n -r \"$1\" -d tcp.port==502,mbtcp > /dev/null 2>&1", "bash",
                    capture.toString()).redirectErrorStream(true).redirectOutput(output.toFile()).start();
            int code = process.waitFor();
            String[] times = Files.readString(output).strip().split("\\s+", -1);
            if (code != 0 || times.length != 2) {
                System.out.println("tshark is not here: no scale (apt-get install tshark)");
                return;
            }
            double rate = packets / (Double.parseDouble(times[0]) + Double.parseDouble(times[1]));
            System.out.printf(Locale.ROOT,
                    "tshark -r on the same file: %.3f million packets per CPU-second; ratio %.0f%n",
                    rate / 1e6, best / rate);
        } finally {
            Files.delete(output);
        }
    }

    private static String highestResident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmHWM"))
                .findFirst().map(line -> line.substring(6).strip()).orElse("unknown");
    }
}
