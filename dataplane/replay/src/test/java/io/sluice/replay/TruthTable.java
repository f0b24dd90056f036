package io.sluice.replay;

import io.sluice.testdata.Captures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The right truth table for a capture, as the collection's own notes tell: the source's table for derived captures,
 * unless the capture's own holds as much and only with reordering; the coalesced one where tshark misses messages whose
 * first segment is short; else the plain one. In each case the variant with out-of-order reassembly where it holds more.
 *
 * @param framesApply whether frame, time and address columns mean this capture
 */
record TruthTable(String protocol, String name, Path capture, Path table, int port, boolean framesApply,
        boolean lowerBound) {
    /** Those of one protocol, by its name. */
    static List<TruthTable> all(String protocol) {
        Map<String, Integer> ports = ports(protocol);
        List<TruthTable> tables = new ArrayList<>();
        for (String folder : List.of(protocol, "generated", "derived")) {
            for (Path capture : Captures.all(folder)) {
                Integer port = ports.get(folder + "/" + capture.getFileName());
                if (port != null) {
                    tables.add(of(protocol, capture, port));
                }
            }
        }
        return tables;
    }

    /** The server's port in each capture that holds this protocol, as the collection's index says. */
    private static Map<String, Integer> ports(String protocol) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        for (Map<String, String> row : parse(lines(Captures.require("INDEX.tsv")))) {
            String port = row.getOrDefault(protocol + "_ports", "");
            if (!port.isEmpty()) {
                ports.put(row.getOrDefault("file", ""), Integer.parseInt(port.replaceFirst(",.*", "")));
            }
        }
        return ports;
    }

    private static TruthTable of(String protocol, Path capture, int port) {
        String name = capture.getFileName().toString().replaceFirst("\\.pcap(ng)?$", "");
        boolean part = name.contains("_snap") || name.contains("_holes");
        Path source = capture.resolveSibling(name + ".source." + protocol + ".tsv");
        Path coalesced = capture.resolveSibling(name + ".coalesced." + protocol + ".tsv");
        Path plain = capture.resolveSibling(name + "." + protocol + ".tsv");
        Path reordered = capture.resolveSibling(name + "." + protocol + ".ooo.tsv");
        if (Files.exists(source) && size(plain) == 1 && Files.exists(reordered) && size(reordered) == size(source)) {
            return new TruthTable(protocol, name, capture, reordered, port, true, false);
        }
        if (Files.exists(source) && !part) {
            return new TruthTable(protocol, name, capture, source, port, false, false);
        }
        if (Files.exists(coalesced)) {
            return new TruthTable(protocol, name, capture, coalesced, port, false, false);
        }
        boolean more = Files.exists(reordered) && size(reordered) > size(plain);
        return new TruthTable(protocol, name, capture, more ? reordered : plain, port, true, part);
    }

    private static int size(Path table) {
        return lines(table).size();
    }

    List<Map<String, String>> rows() {
        return parse(lines(table));
    }

    private static List<String> lines(Path table) {
        try {
            return Files.readAllLines(table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Map<String, String>> parse(List<String> lines) {
        String[] header = lines.getFirst().split("\t", -1);
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] values = line.split("\t", -1);
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < header.length; i++) {
                row.put(header[i], values[i]);
            }
            rows.add(row);
        }
        return rows;
    }
}
