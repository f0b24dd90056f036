package io.sluice.cli;

import static io.sluice.cli.Shell.sluice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.Shell.Ran;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice replay --watch} beside somebody who edits the policy. */
@Timeout(120)
class WatchCommandTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    /** What has been printed, up to the line that says so many times that it waits. */
    private String waits(int times) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            String text = screen.toString(StandardCharsets.UTF_8);
            if (text.split("Ctrl-C ends", -1).length > times) {
                return text;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("it does not wait for the " + times + ". time: " + screen);
    }

    @Test
    void eachSavePrintsOnlyWhatChanged() throws Exception {
        String before = Files.readString(Line3.POLICY);
        Path policy = Files.writeString(folder.resolve("policy.yaml"), before);
        Console console = new Console(InputStream.nullInputStream(),
                new PrintStream(screen, true, StandardCharsets.UTF_8),
                new PrintStream(OutputStream.nullOutputStream()), false, false);
        Thread watching = Thread.ofPlatform().daemon().start(() -> Main.run(console, "replay",
                Line3.CAPTURE.toString(), "--policy", policy.toString(), "--watch"));
        String first = waits(1);
        assertTrue(first.startsWith("capture ") && first.contains("140 of 185 requests allowed, 45 denied"), first);

        // One write into the file, as most editors do.
        Files.writeString(policy, before.replace("value: 0..1500", "value: 0..1000"));
        String lower = waits(2).substring(first.length());
        assertTrue(lower.startsWith("2 verdicts of "), lower);
        assertTrue(lower.contains("allow (s2)") && lower.contains("frames 282, 288"), lower);
        assertTrue(lower.contains("judged again from what is kept in"), lower);
        assertTrue(!lower.contains("historian"), "nothing that has not changed: " + lower);

        Files.writeString(policy, before.replace("  - {id: s1, do: read", "  - {id: s1, do: raed"));
        String broken = waits(3).substring(first.length() + lower.length());
        assertTrue(broken.contains("policy.yaml:") && broken.contains("the one before stays"), broken);

        // Another file put in its place, as other editors do; compared with the last one that could decide.
        Path other = Files.writeString(folder.resolve("policy.yaml.tmp"), before);
        Files.move(other, policy, StandardCopyOption.ATOMIC_MOVE);
        String back = waits(4).substring(first.length() + lower.length() + broken.length());
        assertTrue(back.startsWith("2 verdicts of ") && back.contains("allow (s2)"), back);
        assertTrue(watching.isAlive());
        watching.interrupt();
        assertTrue(watching.join(Duration.ofSeconds(60)), "it ends when it is asked to");
    }

    /** The process as a shell has it: a signal is how it is meant to end. */
    @Test
    void ctrlCEndsItCleanly() throws Exception {
        Path out = folder.resolve("out");
        // Whoever runs the tests in the background has this signal ignored, and children inherit that.
        Process process = new ProcessBuilder("env", "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                "io.sluice.cli.Main",
                "replay", Line3.CAPTURE.toString(), "--policy", Line3.POLICY.toString(), "--watch")
                .redirectOutput(out.toFile()).redirectError(folder.resolve("err").toFile()).start();
        try {
            while (process.isAlive() && !Files.readString(out).contains("Ctrl-C ends")) {
                Thread.sleep(100);
            }
            assertEquals(0, new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor());
            assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it does not end");
            assertEquals(0, process.exitValue());
            assertEquals("", Files.readString(folder.resolve("err")));
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void whatCannotGoTogetherIsWrongUsage() {
        for (String[] extra : new String[][]{{"--format", "html"}, {"--profile", "inline"}, {"--log", "x"},
                {"--baseline", "y.yaml"}}) {
            Ran ran = sluice("replay", Line3.CAPTURE.toString(), "--policy", Line3.POLICY.toString(), "--watch",
                    extra[0],
                    extra[1]);
            assertEquals(2, ran.exitCode(), ran.err());
            assertTrue(ran.err().startsWith("sluice: --watch "), ran.err());
        }
        assertEquals(2, sluice("replay", "-", "--policy", Line3.POLICY.toString(), "--watch").exitCode());
    }
}
