package io.sluice.cli;

import static io.sluice.cli.Shell.sluice;
import static io.sluice.cli.Shell.sluiceReading;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.Shell.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    @TempDir
    Path folder;

    @Test
    void aSoundPolicyIsSaidToBeSound() {
        Path file = Policies.file(folder, Policies.SOUND);
        Ran ran = sluice("check", file.toString());
        assertEquals("", ran.err());
        assertTrue(
                ran.out().startsWith(
                        file + ": no problems; policy `line-3` has 1 conduit with 4 rules; 2 expectations hold\n"),
                ran.out());
        assertEquals(0, ran.exitCode());
    }

    @Test
    void aDashReadsStandardInput() {
        Ran ran = sluiceReading(Policies.SOUND, "check", "-");
        assertTrue(ran.out().startsWith("stdin: no problems"), ran.out());
        assertEquals(0, ran.exitCode());
    }

    @Test
    void aMisspeltKeyIsFoundByFileLineAndColumn() {
        Path file = Policies.file(folder, Policies.SOUND.replace("do: read, unit: 1", "do: read, unti: 1"));
        Ran ran = sluice("check", file.toString());
        assertTrue(ran.out().contains(file + ":17:28: key `unti` is not known here; did you mean `unit`?\n"),
                ran.out());
        assertTrue(ran.out().endsWith(file + ": 1 problem\n"), ran.out());
        assertEquals(1, ran.exitCode());
    }

    @Test
    void anExpectationThatDoesNotHoldIsAProblemAtItsLine() {
        Ran ran = sluiceReading(Policies.SOUND.replace("= 0, then: deny s9", "= 0, then: allow"), "check", "-");
        assertTrue(ran.out().startsWith("stdin:24:") && ran.out().contains("refused by `s9`"), ran.out());
        assertEquals(1, ran.exitCode());
    }

    // Each key is in order and the rule can never decide: only the compiler sees it.
    @Test
    void anAllowWhollyInsideADenyIsAProblem() {
        Ran ran = sluiceReading(Policies.SOUND.replace("address: 118, because", "space: holding, because"), "check",
                "-");
        assertTrue(ran.out().contains("`s2`") && ran.out().contains("`s9`"), ran.out());
        assertEquals(1, ran.exitCode());
    }

    @Test
    void anUnknownFileCouldNotBeRun() {
        assertEquals(new Ran(3, "", "sluice: there is no file `nowhere.yaml`\n"), sluice("check", "nowhere.yaml"));
    }

    @Test
    void aFolderIsNotAPolicy() {
        assertEquals(new Ran(3, "", "sluice: `" + folder + "` is a folder; give the policy's file\n"),
                sluice("check", folder.toString()));
    }

    // Windows editors save UTF-16; a capture given by mistake is no text at all.
    @Test
    void bytesThatAreNotUtf8AreNotAPolicy() throws IOException {
        Path file = Files.write(folder.resolve("line-3.yaml"), new byte[]{(byte) 0xFF, (byte) 0xFE, 'p', 0});
        Ran ran = sluice("check", file.toString());
        assertEquals(3, ran.exitCode());
        assertTrue(ran.err().contains("is not UTF-8 text"), ran.err());
    }

    @Test
    void aHugeFileIsNotReadToItsEnd() throws IOException {
        Path file = Files.write(folder.resolve("huge.yaml"), new byte[(16 << 20) + 1]);
        Ran ran = sluice("check", file.toString());
        assertEquals(3, ran.exitCode());
        assertTrue(ran.err().contains("larger than 16 MiB"), ran.err());
    }

    // Neither of two rules holds it alone. Notes are no problems.
    @Test
    void aRuleThatOthersMakeSuperfluousIsNoted() {
        String rules = """
                      - {id: s4, do: write, space: holding, unit: 1, address: 120..129, value: 0..1500}
                      - {id: s5, do: write, space: holding, unit: 1, address: 112..123, value: 0..1500}
                """;
        Ran ran = sluiceReading(Policies.SOUND.replace("    deny:", rules + "    deny:"), "check", "-");
        assertTrue(ran.out().contains("note: `s5` adds nothing"), ran.out());
        assertEquals(0, ran.exitCode());
    }

    @Test
    void analysisNamesWhatDeniesTakeAndWhatIsUntested() {
        Ran ran = sluiceReading(Policies.SOUND, "check", "-", "--analyze");
        assertTrue(ran.out().contains("stdin:18:9: note: part of `s2` is refused by `s9`:"
                + " `write unit 1 space holding address 118 value 0..1500`\n"), ran.out());
        assertTrue(ran.out().contains("stdin:19:9: note: no expectation tests rule `s3`\n"), ran.out());
        assertEquals(0, ran.exitCode());
        assertTrue(sluiceReading(Policies.SOUND, "check", "-").out().startsWith("stdin: no problems"));
    }
}
