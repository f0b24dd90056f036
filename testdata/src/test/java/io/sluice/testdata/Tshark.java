package io.sluice.testdata;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;

/** Wireshark's decoder on the command line, the independent judge of what this module writes. */
final class Tshark {
    private Tshark() {}

    /** The fields of all frames that a display filter selects: a line a frame, fields apart by `|`. */
    static List<String> fields(Path capture, String filter, String... fields) {
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", capture.toString(), "-Y", filter, "-o",
                "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE", "-T",
                "fields", "-E", "separator=|"));
        for (String field : fields) {
            command.add("-e");
            command.add(field);
        }
        return run(command);
    }

    /** The bytes of the first TCP streams, in hexadecimal: the client's, a blank, and the server's. */
    static List<String> streams(Path capture, int count) {
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", capture.toString(), "-q"));
        for (int i = 0; i < count; i++) {
            command.add("-z");
            command.add("follow,tcp,raw," + i);
        }
        String[] client = new String[count];
        String[] server = new String[count];
        Arrays.fill(client, "");
        Arrays.fill(server, "");
        int stream = -1; // they come in no order
        for (String line : run(command)) {
            if (line.startsWith("Filter: tcp.stream eq ")) {
                stream = Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
            } else if (line.matches("\\t?[0-9a-f]+")) {
                String[] side = line.startsWith("\t") ? server : client;
                side[stream] += line.strip();
            }
        }
        return IntStream.range(0, count).mapToObj(i -> client[i] + " " + server[i]).toList();
    }

    /** Frames, each a millisecond after the other, as a file; skips the test, saying so, where tshark is missing. */
    static Path capture(Path folder, byte[]... frames) throws IOException {
        require();
        Path file = folder.resolve("frames.pcap");
        try (PcapWriter writer = new PcapWriter(file)) {
            for (int i = 0; i < frames.length; i++) {
                writer.frame(1_000_000L * i, frames[i]);
            }
        }
        return file;
    }

    static void require() {
        boolean installed = List.of(System.getenv("PATH").split(":", -1)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "tshark")));
        Assumptions.assumeTrue(installed, "tshark is not installed; `apt install tshark` to check against it");
    }

    private static List<String> run(List<String> command) {
        require();
        try {
            Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            List<String> lines = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8).readAllLines();
            int code = process.waitFor();
            if (code != 0) {
                throw new AssertionError(command + " ended with " + code);
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
