package io.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
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

/** {@code sluice demo} with real networks and devices, as a process of its own. */
class LiveDemoIT {
    private static final Path SLUICE = Path.of("../../sluice").toAbsolutePath().normalize();
    private static final Path JAR = Path.of("target/sluice-cli.jar").toAbsolutePath();
    private static final int PATIENCE_SECONDS = 240;

    @TempDir
    Path folder;

    @Test
    void thePermittedSetPointArrivesAndTheRefusedOneDoesNot() throws Exception {
        assumeNetworks();
        Process demo = start(Map.of(), SLUICE.toString(), "demo", "--seconds", "18");
        int exitCode = end(demo);
        String out = read("out");
        assertEquals(0, exitCode, () -> out + read("err"));
        assertEquals("", read("err"));
        find(out, """
                passes +hmi → plc  write unit 1 holding 100 = 1200  \\(rule setpoint of hmi-plc\\)
                 +hmi saw: written; plc: holding 100 is 1200
                """);
        find(out, """
                REFUSED +hmi → plc  write unit 1 holding 100 = 9000  \\(.*outside the permitted values.*reset\\)
                 +hmi saw: connection (reset|lost); plc: holding 100 is 1200, as before
                """);
        find(out, """
                REFUSED +laptop \\(plant\\) → plc  write unit 1 holding 100 = 1 .*
                 +laptop saw: connection .*; plc: holding 100 is 1200, as before
                """);
        find(out, "passed +[0-9]+ × read, hmi → plc \\(rule poll of hmi-plc\\)");
        find(out, "\nThe same in a browser on this machine: https://127\\.0\\.0\\.1:[0-9]+\n");
        find(out, "\n    https://127\\.0\\.0\\.1:[0-9]+/setup#[A-Za-z0-9_-]{20,}\n");
        assertTrue(out.contains("\nThe demo has ended: its processes and networks are gone.\n"), out);
        assertNothingLeft(demo.pid());
    }

    @Test
    void askedToEndItLeavesNothingBehindAndCleansUpAfterAKilledOne() throws Exception {
        assumeNetworks();
        Process killed = start(Map.of(), SLUICE.toString(), "demo", "--seconds", "600");
        awaitRunning(killed);
        killed.destroyForcibly().waitFor();
        assertFalse(namespaces(killed.pid()).isEmpty());

        Process demo = start(Map.of(), SLUICE.toString(), "demo", "--seconds", "600");
        awaitRunning(demo);
        assertNothingLeft(killed.pid());
        int port = portOfPages();
        new Socket(InetAddress.getLoopbackAddress(), port).close(); // somebody looks at its pages
        demo.destroy();
        end(demo);
        assertThrows(ConnectException.class, () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
        assertTrue(read("out").contains("\nThe demo has ended: its processes and networks are gone.\n"), read("out"));
        assertNothingLeft(demo.pid());
    }

    // Who tries Sluice on a laptop of the office has neither root nor perhaps Linux.
    @Test
    void whereThereCanBeNoNetworksTheRecordingIsShown() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process demo = start(Map.of("PATH", "/nowhere"), java, "--enable-native-access=ALL-UNNAMED", "-jar",
                JAR.toString(), "demo");
        assertEquals(0, end(demo), read("err"));
        assertEquals("sluice: the live demo needs root and network namespaces (`ip netns add` says: cannot start `ip`),"
                + " so here is the recorded one.\n\n", read("err"));
        assertTrue(read("out").contains("140 of 185 requests allowed, 45 denied"), read("out"));
    }

    private int portOfPages() {
        Matcher site = Pattern.compile("in a browser on this machine: https://127\\.0\\.0\\.1:([0-9]+)").matcher(
                read("out"));
        assertTrue(site.find(), () -> read("out"));
        return Integer.parseInt(site.group(1));
    }

    private static void assumeNetworks() {
        assumeTrue(Tool.isInstalled("ip") && System.getProperty("user.name").equals("root"),
                "network namespaces need root and the command `ip`");
    }

    private Process start(Map<String, String> environment, String... words) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words).redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("SLUICE_NO_BUILD", "1");
        builder.environment().putAll(environment);
        return builder.start();
    }

    private int end(Process demo) throws InterruptedException {
        try {
            assertTrue(demo.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), () -> "it does not end: " + read("out"));
            return demo.exitValue();
        } finally {
            demo.destroyForcibly();
        }
    }

    private void awaitRunning(Process demo) throws InterruptedException {
        for (int i = 0; i < PATIENCE_SECONDS * 10 && demo.isAlive() && !read("out").contains("\nIt runs "); i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertTrue(read("out").contains("\nIt runs "), () -> "it does not start: " + read("out") + read("err"));
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void find(String out, String pattern) {
        assertTrue(Pattern.compile(pattern).matcher(out).find(), () -> "`" + pattern + "` is missing in: " + out);
    }

    /** The launcher becomes the demo, so its process is the one after which things are named. */
    private static void assertNothingLeft(long pid) throws IOException {
        assertEquals(List.of(), namespaces(pid));
        assertFalse(Files.exists(Path.of("/run/sluice-demo-" + pid)), "its folder is left");
        String folder = "/run/sluice-demo-" + pid + "/";
        assertEquals(List.of(), ProcessHandle.allProcesses().filter(p -> p.info().commandLine().orElse("").contains(
                folder)).map(ProcessHandle::pid).toList());
    }

    private static List<Path> namespaces(long pid) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/run/netns"))) {
            return all.filter(path -> path.getFileName().toString().startsWith("sluice-demo-" + pid + "-")).toList();
        }
    }
}
