package io.sluice.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A small table, indented, its columns as wide as needed. Headings that end in {@code >} head numbers, to the right. */
final class Columns {
    private final List<String> headings;
    private final List<List<String>> lines = new ArrayList<>();

    Columns(String... headings) {
        this.headings = List.of(headings);
    }

    void row(String... cells) {
        lines.add(List.of(cells));
    }

    /** Belongs to the row before. */
    void note(String text) {
        lines.add(List.of(text));
    }

    /** Nothing where there are no rows. */
    void print(PrintStream out) {
        if (lines.isEmpty()) {
            return;
        }
        List<String> names = headings.stream().map(h -> h.replace(">", "")).toList();
        int[] widths = new int[headings.size()];
        Stream.concat(Stream.of(names), lines.stream()).filter(line -> line.size() == widths.length)
                .forEach(line -> Arrays.setAll(widths, i -> Math.max(widths[i], line.get(i).length())));
        print(out, names, widths);
        lines.forEach(line -> {
            if (line.size() == widths.length) {
                print(out, line, widths);
            } else {
                out.println("      " + line.getFirst());
            }
        });
    }

    private void print(PrintStream out, List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String space = " ".repeat(widths[i] - cells.get(i).length());
            line.append("  ").append(headings.get(i).endsWith(">") ? space + cells.get(i) : cells.get(i) + space);
        }
        out.println(line.toString().stripTrailing());
    }
}
