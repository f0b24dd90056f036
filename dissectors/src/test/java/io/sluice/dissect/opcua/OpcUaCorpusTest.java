package io.sluice.dissect.opcua;

import static io.sluice.dissect.Dissector.REQUEST;
import static io.sluice.dissect.Dissector.TO_CLIENT;
import static io.sluice.dissect.Dissector.TO_SERVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testdata.Captures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The inputs that open62541 keeps for its own fuzzing: streams of bytes to a server, well formed and not. */
class OpcUaCorpusTest {
    private static final int BLOCK = 512;

    @Test
    void everyInputIsWalkedOverWithoutHarm() throws IOException {
        Map<String, byte[]> files = files();
        assertEquals(796, files.size());
        int refused = 0;
        int requests = 0;
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            byte[] bytes = file.getValue();
            try {
                for (OpcUaBench bench : new OpcUaBench[]{new OpcUaBench("i=85"), OpcUaBench.open("i=85"), joined()}) {
                    OpcUaWalk walk = new OpcUaWalk(bench.dissector, bench.session);
                    walk.walk(TO_SERVER, bytes, 0, bytes.length);
                    walk.walk(TO_CLIENT, bytes, 0, bytes.length);
                    refused += walk.refused;
                    requests += walk.outcomes[REQUEST];
                }
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(file.getKey(), e);
            }
        }
        System.out.printf("open62541's corpus: %d inputs, %d requests read, %d chunks refused%n", files.size(),
                requests,
                refused);
        assertTrue(requests > 500 && refused > 500, requests + " requests, " + refused + " refused");
    }

    private static OpcUaBench joined() {
        OpcUaBench bench = new OpcUaBench("i=85");
        bench.session.midstream();
        return bench;
    }

    /** The regular files of the archive, POSIX.1-1988 §10.1.1. */
    private static Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (InputStream in = new GZIPInputStream(
                Files.newInputStream(Captures.require("fuzz/open62541_binary_message_corpus.tar.gz")))) {
            for (byte[] head = in.readNBytes(BLOCK); head.length == BLOCK
                    && head[0] != 0; head = in.readNBytes(BLOCK)) {
                int size = Integer.parseInt(text(head, 124, 11), 8);
                byte[] content = in.readNBytes(size);
                in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
                if (head[156] == '0' || head[156] == 0) {
                    files.put(text(head, 0, 100), content);
                }
            }
        }
        return files;
    }

    private static String text(byte[] head, int at, int length) {
        return new String(head, at, length, StandardCharsets.US_ASCII).replaceAll("\0.*", "").strip();
    }
}
