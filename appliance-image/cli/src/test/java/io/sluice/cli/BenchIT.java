package io.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice bench} with the real firewall, as a process of its own. What it measures is not judged here. */
class BenchIT {
    private static final Path JAR = Path.of("target/sluice-cli.jar").toAbsolutePath();
    private static final int PATIENCE_SECONDS = 220;

    @TempDir
    Path folder;

    @Test
    void theFirewallIsMeasuredBesideTheBridge() throws Exception {
        assumeNetworks();
        Process bench = start(Map.of(), "--quick", "--only", "modbus-1000", "--format", "json");
        int exitCode = end(bench);
        String out = read("out");
        assertTrue(exitCode == 0 || exitCode == 1, () -> exitCode + ": " + out + read("err"));
        assertTrue(number(out, "figure") > 0 && number(out, "reference_figure") > 0, out);
        assertTrue(out.contains("\"not_measured\" : [ ]"), out);
        assertNothingLeft(bench.pid());
    }

    @Test
    void askedToEndItLeavesNothingBehind() throws Exception {
        assumeNetworks();
        Process bench = start(Map.of(), "--only", "memory", "--seconds", "60");
        for (int i = 0; i < PATIENCE_SECONDS * 10 && namespaces(bench.pid()).size() < 2; i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertEquals(2, namespaces(bench.pid()).size(), () -> read("err"));
        bench.destroy();
        end(bench);
        assertNothingLeft(bench.pid());
    }

    @Test
    void whereThereCanBeNoNetworksASentenceSaysSo() throws Exception {
        Process bench = start(Map.of("PATH", "/nowhere"));
        assertEquals(3, end(bench));
        assertEquals("sluice: this needs root and network namespaces, and here there is no command `ip`; install it"
                + " (Debian: iproute2, ethtool, procps)\n", read("err"));
    }

    private static void assumeNetworks() {
        assumeTrue(Tool.isInstalled("ip") && Tool.isInstalled("ethtool")
                && System.getProperty("user.name").equals("root"), "network namespaces need root and `ip`");
    }

    private Process start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> words = Stream.concat(Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", JAR.toString(),
                "bench"), Stream.of(arguments)).toList();
        ProcessBuilder builder = new ProcessBuilder(words).redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private int end(Process bench) throws InterruptedException {
        try {
            assertTrue(bench.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), () -> "it does not end: " + read("out"));
            return bench.exitValue();
        } finally {
            bench.destroyForcibly();
        }
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static double number(String json, String field) {
        Matcher matcher = Pattern.compile("\"" + field + "\" : ([0-9.E]+)").matcher(json);
        assertTrue(matcher.find(), () -> field + " is missing in: " + json);
        return Double.parseDouble(matcher.group(1));
    }

    private static void assertNothingLeft(long pid) throws IOException {
        assertEquals(List.of(), namespaces(pid));
        assertEquals(List.of(), ProcessHandle.allProcesses().filter(p -> p.info().commandLine().orElse("").contains(
                "sluice-bench" + pid)).map(ProcessHandle::pid).toList());
    }

    private static List<Path> namespaces(long pid) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/run/netns"))) {
            return all.filter(path -> path.getFileName().toString().startsWith("sluice-bench" + pid + "-")).toList();
        }
    }
}
