package io.sluice.cli;

import static io.sluice.cli.Shell.sluice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.archive.Standing;
import io.sluice.cli.Shell.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of captures through the command. */
class ArchiveCommandTest {
    @TempDir
    Path folder;

    @BeforeEach
    void captures() throws Exception {
        Files.createDirectories(folder.resolve("in/cell-3"));
        Files.copy(Line3.CAPTURE, folder.resolve("in/cell-3/eth1_00001.pcap"));
        Files.copy(Line3.CAPTURE, folder.resolve("in/line-3.pcap"));
        Files.writeString(folder.resolve("in/README"), "not a capture");
    }

    @Test
    void rowsLieInTheFolderAndTheAnswerSaysSo() throws Exception {
        Ran ran = archive("in", "out");
        assertEquals(0, ran.exitCode(), ran.err());
        assertEquals("", ran.err());
        assertTrue(ran.out().contains("captures    2 captures of 2 sensors, 1 118 packets"), ran.out());
        assertTrue(ran.out().contains("not named like a capture: 1 file\n"), ran.out());
        assertTrue(ran.out().contains("sensor      cell-3/eth1: 1 capture, 559 packets, 372 rows, 90 denied"),
                ran.out());
        assertTrue(Files.readString(folder.resolve("out/json/cell-3/eth1-00001.jsonl")).lines().count() == 372);
        assertTrue(Files.size(folder.resolve("out/parquet/line-3-00001.parquet")) > 1000);
        Ran again = archive("in", "out");
        assertTrue(again.out().contains("finished by an earlier run: 2\n"), again.out());
        assertEquals(0, again.exitCode());
    }

    @Test
    void aDamagedCaptureIsToldAndMakesTheExitCodeOne() throws Exception {
        Files.writeString(folder.resolve("in/cell-3/eth1_00002.pcap"), "no capture");
        Ran ran = archive("in", "out", "--rows", "json");
        assertEquals(1, ran.exitCode());
        assertTrue(ran.out().contains("1 capture could not be used whole:\n  cell-3/eth1_00002.pcap: is neither pcap"),
                ran.out());
    }

    @Test
    void whatCannotBeDoneIsSaidInASentence() throws Exception {
        assertSentence("`" + folder.resolve("nowhere") + "` is not a folder", archive("nowhere", "out"), 3);
        Files.createDirectories(folder.resolve("empty"));
        assertSentence("there is no capture in", archive("empty", "out"), 3);
        assertSentence("holds the captures; give another folder", archive("in", "in"), 3);
        assertSentence("holds other files", archive("in", "in/cell-3"), 3);
        archive("in", "out", "--rows", "json");
        assertSentence("`sensors: name`", archive("in", "out", "--rows", "json", "--sensors", "file"), 3);
        assertSentence("--workers 1000", archive("in", "out", "--workers", "1000"), 2);
        assertSentence("--part 0", archive("in", "out", "--part", "0"), 2);
        assertSentence("`csv` is none of json, parquet, both", archive("in", "out", "--rows", "csv"), 2);
        assertSentence("has no zone `sky`", archive("in", "out", "--zone", "sky=10.0.0.0/8"), 2);
    }

    private static void assertSentence(String part, Ran ran, int code) {
        assertTrue(ran.err().contains(part), ran.err());
        assertEquals(code, ran.exitCode());
    }

    @Test
    void progressTellsHowLongItWillTake() {
        assertEquals("3.0 GiB of 12.0 GiB (25 %), 1 204 311 rows, 60 s, 3 min 0 s left",
                ArchiveProgressLine.line(new Standing(3L << 30, 12L << 30, 1_204_311), 60_000_000_000L));
        assertEquals("0 B of 1.0 MiB (0 %), 0 rows, 0 s", ArchiveProgressLine.line(new Standing(0, 1 << 20, 0), 1));
    }

    private Ran archive(String in, String out, String... more) {
        String[] arguments = new String[6 + more.length];
        arguments[0] = "archive";
        arguments[1] = folder.resolve(in).toString();
        arguments[2] = "--policy";
        arguments[3] = Line3.POLICY.toString();
        arguments[4] = "--out";
        arguments[5] = folder.resolve(out).toString();
        System.arraycopy(more, 0, arguments, 6, more.length);
        return sluice(arguments);
    }
}
