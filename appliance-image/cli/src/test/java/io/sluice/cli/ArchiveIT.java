package io.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sluice.testdata.Captures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged command, which is to find its libraries by itself. */
@Timeout(240)
class ArchiveIT {
    private static final Path SLUICE = Captures.project("sluice").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @Test
    void parquetIsWrittenAndSparkIsNotShipped() throws Exception {
        Path target = SLUICE.resolveSibling("appliance-image/cli/target");
        try (Stream<Path> lib = Files.list(target.resolve("lib"))) {
            assertEquals(List.of(), lib.map(f -> f.getFileName().toString())
                    .filter(n -> n.contains("spark") || n.contains("hadoop")).toList());
        }
        Files.createDirectories(folder.resolve("in"));
        Files.copy(Line3.CAPTURE, folder.resolve("in/eth1.pcap"));
        String output = run(0);
        assertFalse(output.contains("WARNING"), output);
        byte[] parquet = Files.readAllBytes(folder.resolve("out/parquet/eth1-00001.parquet"));
        assertEquals("PAR1", new String(parquet, parquet.length - 4, 4, StandardCharsets.US_ASCII));
    }

    private String run(int exitCode) throws Exception {
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(SLUICE.toString(), "archive", folder.resolve("in").toString(),
                "--policy", Line3.POLICY.toAbsolutePath().toString(), "--out", folder.resolve("out").toString());
        builder.environment().put("SLUICE_NO_BUILD", "1");
        builder.environment().put("SLUICE_JAVA", System.getProperty("java.home"));
        Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        assertEquals(exitCode, process.waitFor(), () -> {
            try {
                return Files.readString(output);
            } catch (java.io.IOException e) {
                return e.toString();
            }
        });
        return Files.readString(output);
    }
}
