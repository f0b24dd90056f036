package io.sluice.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testdata.ModbusTraffic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that is killed, by the kernel and without a word, and started again. */
class ArchiveKillTest {
    private static final int PARTS = 2 * 6;

    @TempDir
    Path folder;

    @Test
    @Timeout(300)
    void afterAKillTheRunGoesOnAndWritesWhatItWouldHaveWritten() throws Exception {
        Path in = folder.resolve("in");
        ModbusTraffic traffic = new ModbusTraffic(72_000, 20, 1);
        ArchiveFolder.rotated(traffic, in.resolve("a"), "eth1", 12_000);
        ArchiveFolder.rotated(new ModbusTraffic(72_000, 20, 2), in.resolve("b"), "eth1", 12_000);
        Path policy = Files.writeString(folder.resolve("policy.yaml"), traffic.policy());
        Path out = folder.resolve("out");
        int kills = 0;
        for (int finished : List.of(1, 5)) {
            Process process = start(in, out, policy);
            while (states(out) < finished && process.isAlive()) {
                TimeUnit.MILLISECONDS.sleep(2);
            }
            process.destroyForcibly().waitFor();
            kills += process.exitValue() == 128 + 9 ? 1 : 0;
            assertTrue(states(out) < PARTS, "it was killed too late: " + states(out));
        }
        assertEquals(2, kills, "SIGKILL ended it each time");
        long before = states(out);
        Process last = start(in, out, policy);
        assertEquals(0, last.waitFor());
        assertTrue(before >= 5, "a killed run leaves what it finished: " + before);

        ArchiveFolder.run(ArchiveFolder.settings(in, folder.resolve("calm"), ArchiveFolder.judge(traffic.policy()),
                RowForm.BOTH, 2));
        Map<String, String> calm = ArchiveFolder.files(folder.resolve("calm"), "json");
        assertEquals(PARTS, calm.size());
        assertTrue(calm.equals(ArchiveFolder.files(out, "json")), "rows differ from those of a run without a kill");
        // Keys hold the folder's and captures' identity, which is the same for both.
        assertEquals(ArchiveFolder.files(folder.resolve("calm"), "state"), ArchiveFolder.files(out, "state"));
        assertEquals(calm.keySet().stream().map(name -> name.replace(".jsonl", ".parquet")).toList(),
                List.copyOf(ArchiveFolder.files(out, "parquet").keySet()), "and nothing half-written is left");
        assertEquals(ArchiveFolder.rows(out, "b/eth1").stream().limit(1000).toList(),
                ParquetTest.read(out.resolve("parquet/b/eth1-00001.parquet"), folder).stream().limit(1000).toList());
    }

    private static Process start(Path in, Path out, Path policy) throws Exception {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx256m",
                "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path"), ArchiveProcess.class.getName(), in.toString(), out.toString(),
                policy.toString()).inheritIO().start();
    }

    /** Names alone: the run makes and removes files meanwhile. */
    private static long states(Path out) {
        long count = 0;
        for (String sensor : List.of("a", "b")) {
            String[] names = out.resolve("state").resolve(sensor).toFile().list();
            count += names == null ? 0 : Arrays.stream(names).filter(name -> name.endsWith(".json")).count();
        }
        return count;
    }
}
