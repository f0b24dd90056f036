package io.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.Shell.Ran;
import io.sluice.testdata.Captures;
import io.sluice.testdata.ModbusTraffic;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as people start it: {@code ./sluice}, a process of its own, on what was just packaged. */
@Timeout(240)
class LauncherIT {
    private static final Path SLUICE = Captures.project("sluice").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @Test
    void helpAndVersionAreDone() throws Exception {
        Ran version = run(SLUICE, "", "--version");
        assertEquals(0, version.exitCode(), version.err());
        assertTrue(version.out().startsWith("sluice "), version.out());
        Ran help = run(SLUICE, "", "check", "--help");
        assertEquals(0, help.exitCode());
        assertTrue(help.out().startsWith("Usage: sluice check"), help.out());
        assertEquals("", help.err());
    }

    @Test
    void wrongUsageIsTwoAndAnUnknownFileIsThree() throws Exception {
        assertEquals(new Ran(2, "", "sluice: there is no command `chek`\ndid you mean check?\ntry `sluice --help`\n"),
                run(SLUICE, "", "chek"));
        assertEquals(new Ran(3, "", "sluice: there is no file `nowhere.yaml`\n"),
                run(SLUICE, "", "check", "nowhere.yaml"));
    }

    @Test
    void aPolicyIsReadFromAFileBesideTheUserAndFromStandardInput() throws Exception {
        Policies.file(folder, Policies.SOUND);
        Ran file = run(SLUICE, "", "check", "line-3.yaml");
        assertTrue(file.out().startsWith("line-3.yaml: no problems"), file.out() + file.err());
        assertEquals(0, file.exitCode());
        Ran stdin = run(SLUICE, "policy: [", "check", "-");
        assertTrue(stdin.out().startsWith("stdin:1:"), stdin.out() + stdin.err());
        assertEquals(1, stdin.exitCode());
    }

    // A link in ~/bin is how people put a command on their PATH.
    @Test
    void aSymbolicLinkAndSpacesInThePathDoNotMatter() throws Exception {
        Path checkout = Files.createDirectories(folder.resolve("line 3/sluice checkout"));
        Files.createDirectories(checkout.resolve("build"));
        Files.createDirectories(checkout.resolve("appliance-image/cli"));
        Files.copy(SLUICE, checkout.resolve("sluice"));
        Files.copy(SLUICE.resolveSibling("build/jdk.sh"), checkout.resolve("build/jdk.sh"));
        Files.copy(SLUICE.resolveSibling("build/java.sh"), checkout.resolve("build/java.sh"));
        assertTrue(checkout.resolve("sluice").toFile().setExecutable(true));
        Files.createSymbolicLink(checkout.resolve("appliance-image/cli/target"),
                SLUICE.resolveSibling("appliance-image/cli/target"));
        Path link = Files.createSymbolicLink(folder.resolve("a link"), Path.of("line 3/sluice checkout/sluice"));
        Ran ran = run(link, "", "--version");
        assertEquals(0, ran.exitCode(), ran.err());
        assertTrue(ran.out().startsWith("sluice "), ran.out());
    }

    @Test
    void aMissingJdkIsSaidInOneSentence() throws Exception {
        Ran ran = run(SLUICE, Map.of("SLUICE_JAVA", "/nowhere/jdk"), "", "--version");
        assertEquals(3, ran.exitCode());
        assertEquals(
                "sluice: SLUICE_JAVA=/nowhere/jdk is not a JDK 25 or later; point it to one, or unset it to have one"
                        + " looked for\n",
                ran.err());
    }

    @Test
    void aJavaThatIsTooOldIsNotUsed() throws Exception {
        Path home = folder.resolve("old");
        Path old = Files.createDirectories(home.resolve("bin"));
        for (String command : List.of("java", "javac")) {
            Path script = Files.writeString(old.resolve(command),
                    "#!/bin/sh\necho 'openjdk version \"21.0.2\" 2024' >&2\n");
            assertTrue(script.toFile().setExecutable(true));
        }
        Ran named = run(SLUICE, Map.of("SLUICE_JAVA", old.resolve("java").toString()), "", "--version");
        assertEquals(3, named.exitCode(), named.out());
        Ran found = run(SLUICE, Map.of("PATH", old + ":/usr/bin:/bin", "JAVA_HOME", home.toString()), "",
                "--version");
        assertTrue(found.exitCode() == 0 || found.err().contains("no JDK 25"), found.out() + found.err());
    }

    @Test
    void theDemoRunsFromAnyFolder() throws Exception {
        Ran demo = run(SLUICE, "", "demo", "--replay");
        assertEquals(0, demo.exitCode(), demo.err());
        assertTrue(demo.out().contains("140 of 185 requests allowed, 45 denied"), demo.out());
        assertEquals("", demo.err());
    }

    @Test
    void aRecordingIsJudgedAndComparedByExitCode() throws Exception {
        String capture = Line3.CAPTURE.toAbsolutePath().toString();
        String policy = Line3.POLICY.toAbsolutePath().toString();
        Ran judged = run(SLUICE, "", "replay", capture, "--policy", policy, "--log", "log.json");
        assertEquals(0, judged.exitCode(), judged.err());
        assertTrue(Files.readString(folder.resolve("log.json")).startsWith("{\"frame\":6,"));
        Policies.file(folder, Policies.SOUND);
        Ran compared = run(SLUICE, "", "replay", capture, "--policy", "line-3.yaml", "--baseline", policy);
        assertEquals(1, compared.exitCode(), compared.err());
    }

    @Test
    void aPipeGetsTheTableAndAClosedOneEndsTheRunQuietly() throws Exception {
        Path big = folder.resolve("big.pcap");
        new ModbusTraffic(400_000, 7).write(big);
        Ran counted = run(Path.of("/bin/sh"), "", "-c", "'" + SLUICE + "' dissect '" + Line3.CAPTURE.toAbsolutePath()
                + "' --protocol modbus --format tsv | cut -f 14 | sort | uniq -c | sort -n | tail -n 1");
        assertTrue(counted.out().strip().matches("\\d+ 3"), counted.out() + counted.err());
        Ran head = run(Path.of("/bin/bash"), "", "-c", "'" + SLUICE + "' dissect big.pcap | head -n 1;"
                + " echo \"exit ${PIPESTATUS[0]}\"");
        assertEquals(2, head.out().lines().count(), head.out());
        assertTrue(head.out().endsWith("exit 0\n"), head.out());
        assertEquals("", head.err());
    }

    // tcpdump | sluice dissect - : who watches a plant live cannot wait for 64 KiB of messages.
    @Test
    void whatComesLiveIsShownWhenItComes() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(SLUICE.toString(), "dissect", "-")
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("SLUICE_NO_BUILD", "1");
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream(); BufferedReader out = process.inputReader()) {
            in.write(Line3.bytes(), 0, 1000);
            in.flush();
            assertTrue(out.readLine().startsWith("6.1  "), "the first message waits for more");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aFullDiskIsNotTakenForSuccess() throws Exception {
        Assumptions.assumeTrue(Files.exists(Path.of("/dev/full")), "this system has no /dev/full, a disk always full");
        Ran full = run(Path.of("/bin/sh"), "", "-c", "'" + SLUICE + "' demo --replay > /dev/full");
        assertEquals(
                new Ran(3, "",
                        "sluice: the answer could not be written completely to `/dev/full`; is the disk full?\n"),
                full);
    }

    // Services, containers and ssh often set no locale; file names have umlauts all the same.
    @Test
    void fileNamesMayHaveAnyLettersWithoutALocale() throws Exception {
        Files.copy(Line3.CAPTURE, folder.resolve("Abfüllung 3.pcap"));
        Ran ran = run(Path.of("/usr/bin/env"), "", "-u", "LANG", "-u", "LC_CTYPE", "LC_ALL=C", SLUICE.toString(),
                "dissect", "Abfüllung 3.pcap");
        assertEquals("", ran.err());
        assertEquals(377, ran.out().lines().count());
    }

    // `systemctl stop` and Ctrl-C go to the process that was started: it must be Java itself, not a shell before it.
    @Test
    void theProcessThatWasStartedBecomesJava() throws Exception {
        Process process = start(SLUICE, Map.of(), "check", "-");
        try {
            String command = "";
            for (int i = 0; i < 300 && !command.endsWith("/java"); i++) {
                TimeUnit.MILLISECONDS.sleep(100);
                command = process.info().command().orElse("");
            }
            assertTrue(command.endsWith("/java"), command);
            process.destroy();
            assertTrue(process.waitFor(30, TimeUnit.SECONDS), "SIGTERM does not end it");
        } finally {
            process.destroyForcibly();
        }
    }

    private Ran run(Path command, String in, String... arguments) throws IOException, InterruptedException {
        return run(command, Map.of(), in, arguments);
    }

    private Ran run(Path command, Map<String, String> environment, String in, String... arguments)
            throws IOException, InterruptedException {
        Process process = start(command, environment, arguments);
        try (var stdin = process.outputWriter()) {
            stdin.write(in);
        }
        int exitCode = process.waitFor();
        return new Ran(exitCode, Files.readString(folder.resolve("out")), Files.readString(folder.resolve("err")));
    }

    /** Starts it in the temporary folder; the build that runs this test must not be built again inside itself. */
    private Process start(Path command, Map<String, String> environment, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(command.toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile()).redirectOutput(
                folder.resolve("out").toFile()).redirectError(folder.resolve("err").toFile());
        builder.environment().put("SLUICE_NO_BUILD", "1");
        builder.environment().remove("SLUICE_DEBUG");
        builder.environment().putAll(environment);
        return builder.start();
    }
}
