package io.sluice.rules.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one file, up to a limit, and puts it in the order of the file. */
public final class Problems {
    private static final int QUOTED_LENGTH = 60;
    private static final Comparator<Problem> BY_POSITION = Comparator.<Problem>comparingInt(p -> p.position().line())
            .thenComparingInt(p -> p.position().column());

    private final String file;
    private final FileKind kind;
    private final PolicyLimits limits;
    private final List<Problem> errors = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    Problems(String file, PolicyLimits limits) {
        this(file, FileKind.POLICY, limits);
    }

    /** @param file the path as the user gave it */
    public Problems(String file, FileKind kind, PolicyLimits limits) {
        this.file = file;
        this.kind = kind;
        this.limits = limits;
    }

    FileKind kind() {
        return kind;
    }

    PolicyLimits limits() {
        return limits;
    }

    /**
     * A place in the file.
     *
     * @param line from 1
     */
    public Position at(int line, int column) {
        return new Position(file, line, column);
    }

    public void error(Position position, String text) {
        if (!full()) {
            errors.add(Problem.error(position, text));
            if (full()) {
                errors.add(Problem.error(position,
                        "only the first " + limits.problems() + " problems are shown; solve these first"));
            }
        }
    }

    public void warning(Position position, String text) {
        if (warnings.size() < limits.problems()) {
            warnings.add(Problem.warning(position, text));
        }
    }

    /** A name that is none of those known here; the sentence ends with the nearest of them, or all when they are few. */
    public void unknown(Position position, String what, String word, Iterable<String> known) {
        wrongWord(position, what + " " + quote(word) + " is not known here", word, known);
    }

    /** The same with a sentence of its own. */
    public void wrongWord(Position position, String sentence, String word, Iterable<String> known) {
        if (!full()) {
            error(position, sentence + Suggestions.hint(word, known));
        }
    }

    public boolean hasErrors() {
        return !errors.isEmpty();
    }

    /** Whether no further error will be kept, so that none need be worked out. */
    boolean full() {
        return errors.size() >= limits.problems();
    }

    public List<Problem> sorted() {
        List<Problem> all = new ArrayList<>(errors);
        all.addAll(warnings);
        all.sort(BY_POSITION);
        return List.copyOf(all);
    }

    /** What the user wrote, in backticks, shortened and without anything that could confuse a terminal. */
    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder("`");
        int[] points = text.codePoints().limit(QUOTED_LENGTH + 1L).toArray();
        for (int i = 0; i < Math.min(points.length, QUOTED_LENGTH); i++) {
            int c = points[i];
            quoted.appendCodePoint(c == '`' ? '\'' : Characters.isReadable(c) ? c : '?');
        }
        return quoted.append(points.length > QUOTED_LENGTH ? "…`" : "`").toString();
    }
}
