package io.sluice.cli;

import static io.sluice.cli.Shell.sluice;
import static io.sluice.cli.Shell.sluiceReading;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.Shell.Ran;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code status}, {@code apply}, {@code confirm} and {@code rollback} against a running service, over its socket. */
class ControlCommandsTest {
    private static final String SECOND = Policies.SOUND.replace("policy: line-3", "policy: second");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"status", "confirm", "rollback"})
    void whereSluiceDoesNotRunThatIsSaid(String verb) {
        Path socket = folder.resolve("none.sock");
        assertEquals(new Ran(3, "", "sluice: Sluice is not running here: no one answers at `" + socket
                + "`; start it by `sluice inline --config FILE`, or say where its socket is by `--socket`\n"),
                sluice(verb, "--socket", socket.toString()));
    }

    @Test
    void aPolicyIsAppliedAndTheOneBeforeComesBackOnRequest() throws Exception {
        try (RunningSluice running = new RunningSluice(folder, Policies.SOUND)) {
            String socket = running.socket.toString();
            Path file = Policies.file(folder, SECOND);
            assertEquals(
                    new Ran(0, "policy `second` judges now; 2 connections that it does not allow were ended\n", ""),
                    sluice("apply", file.toString(), "--socket", socket));
            assertEquals(new Ran(0, "policy `line-3` is back and judges now; policy `second` was taken back\n", ""),
                    sluice("rollback", "--socket", socket));
            assertEquals(List.of("second", "line-3"), running.judged);
        }
    }

    @Test
    void aPolicyOnTrialIsConfirmed() throws Exception {
        try (RunningSluice running = new RunningSluice(folder, Policies.SOUND)) {
            String config = running.config.toString();
            Ran applied = sluiceReading(SECOND, "apply", "-", "--config", config, "--confirm-within", "5min");
            assertEquals(0, applied.exitCode());
            assertTrue(applied.out()
                    .endsWith("in 300 s the policy before comes back by itself; if all is well, run: sluice"
                            + " confirm\n"),
                    applied.out());
            Ran status = sluice("status", "--config", config);
            assertTrue(status.out().contains("NEEDS ATTENTION\n  - policy `second` waits to be confirmed: in "),
                    status.out());
            assertTrue(
                    Pattern.compile("policy {4}`second` [0-9a-f]{12}, enforce, on trial since .*, (29\\d|300) s left")
                            .matcher(status.out()).find(),
                    status.out());
            assertEquals(new Ran(0, "policy `second` is confirmed and stays, also after a restart\n", ""),
                    sluice("confirm", "--config", config));
            Ran again = sluice("confirm", "--config", config);
            assertEquals(1, again.exitCode());
            assertTrue(again.err().startsWith("sluice: there is nothing to confirm: policy `second` is active since "),
                    again.err());
        }
    }

    @Test
    void aPolicyThatIsNotConfirmedInTimeIsTakenBack() throws Exception {
        try (RunningSluice running = new RunningSluice(folder, Policies.SOUND)) {
            sluiceReading(SECOND, "apply", "-", "--socket", running.socket.toString(), "--confirm-within", "1s");
            long deadline = System.nanoTime() + 20_000_000_000L;
            while (running.judged.size() < 2 && System.nanoTime() < deadline) {
                Thread.sleep(20);
            }
            assertEquals(List.of("second", "line-3"), running.judged);
        }
    }

    // The same lines as `check`, before anybody is bothered.
    @Test
    void aPolicyWithProblemsIsNotEvenSent() {
        String broken = Policies.SOUND.replace("unit: 1, address: 100", "unti: 1, address: 100");
        Ran checked = sluiceReading(broken, "check", "-");
        Ran applied = sluiceReading(broken, "apply", "-", "--socket", folder.resolve("none.sock").toString());
        assertEquals(1, applied.exitCode());
        assertEquals(checked, applied);
        String expectation = Policies.SOUND.replace("= 0, then: deny s9", "= 0, then: allow");
        assertEquals(sluiceReading(expectation, "check", "-"), sluiceReading(expectation, "apply", "-"));
    }

    @Test
    void whatOnlyTheApplianceKnowsIsAProblemToo() throws Exception {
        try (RunningSluice running = new RunningSluice(folder, Policies.SOUND)) {
            Ran ran = sluiceReading(SECOND.replace("[cell]", "[cel]"), "apply", "-", "--socket",
                    running.socket.toString());
            assertEquals(1, ran.exitCode());
            assertTrue(ran.out().startsWith("stdin:4:3: zone `cell-3` has port `cel`, which the settings do not know"),
                    ran.out());
            assertTrue(ran.out().endsWith("stdin: not applied; the policy that was active stays\n"), ran.out());
            assertEquals(List.of(), running.judged);
        }
    }

    @Test
    void withNothingBeforeThereIsNoWayBack() throws Exception {
        try (RunningSluice running = new RunningSluice(folder, Policies.SOUND)) {
            assertEquals(new Ran(1, "",
                    "sluice: there is no policy before `line-3` to go back to; apply the one you want\n"),
                    sluice("rollback", "--socket", running.socket.toString()));
        }
    }

    @Test
    void theStatusSaysEverythingAtAGlance() throws Exception {
        try (RunningSluice running = new RunningSluice(folder, Policies.SOUND)) {
            Ran ran = sluice("status", "--socket", running.socket.toString());
            assertEquals(0, ran.exitCode());
            assertEquals(expected(folder),
                    ran.out().replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d \\S+", "TIME")
                            .replaceAll("[0-9a-f]{12},", "HASH,")
                            .replaceAll("\\(\\d+ s\\), process \\d+", "(0 s), process 1")
                            .replaceAll("heap [^,]*,", "heap H,").replaceAll("whole process .*", "whole process P"));
        }
    }

    private static String expected(Path folder) {
        return """
                Sluice 1.2.3 runs since TIME (0 s), process 1

                NEEDS ATTENTION
                  - port `plant` (enp3s0) has no link: is the cable in, and the device behind it on?

                policy    `line-3` HASH, enforce, active since TIME by sluice
                clock     trusted: synchronised
                pipeline  direct
                ports
                  port            interface  link  by          received                 sent            lost
                  cell            enp2s0     up    af_packet  1 204 311  76.3 MiB  1 204 000  75.3 MiB   311
                      by af_packet: this card has no zero-copy
                      300 frames came faster than they could be judged
                      11 frames could not be sent
                  plant (mirror)  enp3s0     DOWN  pcap4j             0       0 B          0       0 B     0
                      by pcap4j: asked for
                flows     3 of 65 536; since the start 10 opened, 7 ended, 1 reset by Sluice, 0 without room
                verdicts  since the start
                  conduit        verdict                     messages
                  hmi-setpoints  allowed                    1 000 000
                  hmi-setpoints  refused: denied                    7
                  (no conduit)   would be refused: default          2
                dropped   frames, for another reason than a verdict
                  cause     frames
                  checksum       4
                journal   writing to FOLDER/journal: 1 204 311 entries, 5.0 MiB by this run, 0 lost
                memory    heap H, buffers 1.0 MiB of 96.0 MiB, whole process P
                control   no refused connections, no event streams, no open grants
                """.replace("FOLDER", folder.toString());
    }

    @Test
    void theStatusForScriptsHasTheNamesOfTheControlApi() throws Exception {
        try (RunningSluice running = new RunningSluice(folder, Policies.SOUND)) {
            Ran ran = sluice("status", "--format", "json", "--socket", running.socket.toString());
            assertEquals(0, ran.exitCode());
            for (String part : new String[]{"\"version\" : \"1.2.3\"", "\"link\" : \"down\"", "\"ring_full\" : 300",
                    "\"process_id\" : " + ProcessHandle.current().pid(), "\"draining\" : false",
                    "\"name\" : \"line-3\""}) {
                assertTrue(ran.out().contains(part), () -> part + " is missing in " + ran.out());
            }
            assertTrue(!ran.out().contains("\"pending\""), ran.out());
        }
    }

    @Test
    void whoWatchesIsToldAgainAndWhenItEnds() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int[] exitCode = {-1};
        Thread watcher;
        try (RunningSluice running = new RunningSluice(folder, Policies.SOUND)) {
            watcher = Thread.ofPlatform().start(() -> exitCode[0] = Main.run(Shell.console(new byte[0], out, err, true),
                    "status", "--watch", "--socket", running.socket.toString()));
            long deadline = System.nanoTime() + 30_000_000_000L;
            while (Shell.text(out).split("Sluice 1.2.3", -1).length < 3 && System.nanoTime() < deadline) {
                Thread.sleep(20);
            }
            assertTrue(Shell.text(out).split("\u001B\\[H\u001B\\[2JSluice 1.2.3", -1).length >= 3, Shell.text(out));
        }
        watcher.join(30_000);
        assertEquals(3, exitCode[0]);
        assertTrue(Shell.text(err).contains("went away during the call"), Shell.text(err));
    }

    @Test
    void contradictionsAndNonsenseAreWrongUsage() throws Exception {
        Path file = Policies.file(folder, SECOND);
        for (String time : new String[]{"60", "soon", "25h", "0s"}) {
            Ran ran = sluice("apply", file.toString(), "--confirm-within", time);
            assertEquals(2, ran.exitCode(), time);
            assertTrue(ran.err().contains("--confirm-within"), ran.err());
        }
        Ran both = sluice("status", "--socket", "a", "--config", "b");
        assertEquals(2, both.exitCode());
        assertTrue(both.err().contains("give one of them"), both.err());
        Path config = Files.writeString(folder.resolve("s.yaml"), "prots: {}\n");
        Ran settings = sluice("status", "--config", config.toString());
        assertEquals(3, settings.exitCode());
        assertTrue(settings.err().contains("have problems, the first of them: "), settings.err());
    }
}
