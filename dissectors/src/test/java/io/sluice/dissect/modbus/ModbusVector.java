package io.sluice.dissect.modbus;

import io.sluice.dissect.Dissector;
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
 * @param expected {@code ok}, or the word of the reason
 */
record ModbusVector(String name, int direction, String expected, String hex) {
    static List<ModbusVector> all() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(ModbusVector.class.getResourceAsStream("vectors.tsv")),
                StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).map(ModbusVector::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ModbusVector read(String line) {
        String[] columns = line.split("\t", -1);
        return new ModbusVector(columns[0],
                columns[1].equals("request") ? Dissector.TO_SERVER : Dissector.TO_CLIENT, columns[2],
                columns[3]);
    }

    static ModbusVector named(String name) {
        return all().stream().filter(v -> v.name.equals(name)).findFirst().orElseThrow();
    }

    /** The vector's request, for a response. */
    ModbusVector request() {
        return name.equals("fc3_exception_02") ? exceptionRequest() : named(name.replace("_response", "_request"));
    }

    private static ModbusVector exceptionRequest() {
        return new ModbusVector("fc3_for_exception", Dissector.TO_SERVER, "ok",
                "200000000006010300640002");
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    boolean isRequest() {
        return direction == Dissector.TO_SERVER;
    }

    @Override
    public String toString() {
        return name;
    }
}
