package io.sluice.replay;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** A table for a terminal: columns as wide as needed, folded where the line would be too long. */
final class TextTable {
    static final int WIDTH = 110;
    private static final int NARROWEST = 8;
    private static final String INDENT = "  ";
    private static final String SPACE = "  ";

    private record Line(List<String> cells, String note) {}

    private final List<String> headings;
    private final List<Line> lines = new ArrayList<>();
    private final boolean[] right;

    /** Headings that end in {@code >} head columns of numbers, which stand at the right. */
    TextTable(String... headings) {
        this.headings = List.of(headings).stream().map(h -> h.endsWith(">") ? h.substring(0, h.length() - 1) : h)
                .toList();
        right = new boolean[headings.length];
        for (int i = 0; i < headings.length; i++) {
            right[i] = headings[i].endsWith(">");
        }
    }

    void row(String... cells) {
        lines.add(new Line(clean(List.of(cells)), ""));
    }

    /** A sentence that belongs to the row before; nothing when empty. */
    void note(String note) {
        if (!note.isEmpty()) {
            lines.add(new Line(List.of(), PlainText.clean(note)));
        }
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    void write(PrintStream out) {
        int[] widths = widths();
        print(out, headings, widths);
        for (Line line : lines) {
            if (line.cells().isEmpty()) {
                PlainText.fold(line.note(), WIDTH - 8).forEach(part -> out.print("        " + part + "\n"));
            } else {
                print(out, line.cells(), widths);
            }
        }
    }

    private static List<String> clean(List<String> cells) {
        return cells.stream().map(PlainText::clean).toList();
    }

    private int[] widths() {
        int[] widths = new int[headings.size()];
        int total = INDENT.length() - SPACE.length();
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = Math.max(headings.get(i).length(), lines.stream().filter(l -> !l.cells().isEmpty())
                    .mapToInt(l -> l.cells().get(column).length()).max().orElse(0));
            total += SPACE.length() + widths[i];
        }
        for (; total > WIDTH; total--) {
            int widest = widest(widths);
            if (widths[widest] <= NARROWEST) {
                break;
            }
            widths[widest]--;
        }
        return widths;
    }

    private int widest(int[] widths) {
        int widest = 0;
        for (int i = 0; i < widths.length; i++) {
            // Numbers are never folded.
            if (!right[i] && (right[widest] || widths[i] >= widths[widest])) {
                widest = i;
            }
        }
        return widest;
    }

    private void print(PrintStream out, List<String> cells, int[] widths) {
        List<List<String>> folded = new ArrayList<>();
        int height = 1;
        for (int i = 0; i < widths.length; i++) {
            folded.add(PlainText.fold(cells.get(i), widths[i]));
            height = Math.max(height, folded.getLast().size());
        }
        for (int y = 0; y < height; y++) {
            StringBuilder line = new StringBuilder(INDENT);
            for (int i = 0; i < widths.length; i++) {
                String cell = y < folded.get(i).size() ? folded.get(i).get(y) : "";
                String fill = " ".repeat(Math.max(0, widths[i] - cell.length()));
                line.append(i == 0 ? "" : SPACE).append(right[i] ? fill + cell : cell + fill);
            }
            out.print(line.toString().stripTrailing() + "\n");
        }
    }
}
