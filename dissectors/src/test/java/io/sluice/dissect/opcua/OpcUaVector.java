package io.sluice.dissect.opcua;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * A message with what must be said of it.
 *
 * @param expected {@code ok}, {@code part} or the word of the reason
 * @param said what its facts say, in the words of {@link OpcUaBench}
 */
record OpcUaVector(String name, String expected, String said, String hex) {
    static List<OpcUaVector> all() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(OpcUaVector.class.getResourceAsStream("vectors.tsv")),
                StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).map(OpcUaVector::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OpcUaVector read(String line) {
        String[] columns = line.split("\t", -1);
        return new OpcUaVector(columns[0], columns[1], columns[2], columns[3]);
    }

    static OpcUaVector named(String name) {
        return all().stream().filter(v -> v.name.equals(name)).findFirst().orElseThrow();
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    /** The message with the number that a channel expects next. */
    byte[] bytes(int sequence) {
        byte[] bytes = bytes();
        if (isMessage()) {
            for (int i = 0; i < 4; i++) {
                bytes[OpcUaView.SEQUENCE + i] = (byte) (sequence >> (8 * i));
            }
        }
        return bytes;
    }

    boolean isMessage() {
        return hex.startsWith("4d5347") || hex.startsWith("434c4f");
    }

    @Override
    public String toString() {
        return name;
    }
}
