package io.sluice.rules.policy;

import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Says in a plant engineer's words what the YAML scanner found wrong. */
final class YamlSentences {
    /** What the library's sentence contains, and what we say instead. */
    private static final Map<String, String> SENTENCES = Map.ofEntries(
            Map.entry("mapping values are not allowed",
                    "a `:` does not fit here; check the indentation, and put texts that contain `: ` in quotes"),
            Map.entry("expected <block end>",
                    "this does not line up with the lines above; the keys of one block start in the same column"),
            Map.entry("expected the node content", "a value is missing before this"),
            Map.entry("expected ',' or '}'", "a `,` or `}` is missing before this"),
            Map.entry("expected ',' or ']'", "a `,` or `]` is missing before this"),
            Map.entry("could not find expected ':'", "a `:` is missing here; write `key: value`"),
            Map.entry("unexpected end of stream", "a quote is opened, but not closed"),
            Map.entry("that cannot start any token", "a value cannot start with this character; put it in quotes"),
            Map.entry("an alphabetic or numeric character",
                    "anchors and aliases (`&` and `*`) are not part of the language; write the value, or quote it"),
            Map.entry("unknown escape character", "`\\` does not go with this character; use single quotes"),
            Map.entry("sequence entries are not allowed",
                    "a `-` does not fit here; start the list in a line of its own"));

    private YamlSentences() {}

    static void report(YamlEngineException exception, Problems problems) {
        if (exception instanceof MarkedYamlEngineException marked) {
            Optional<Mark> mark = marked.getProblemMark().or(marked::getContextMark);
            Position position = problems.at(mark.map(m -> m.getLine() + 1).orElse(1),
                    mark.map(m -> m.getColumn() + 1).orElse(1));
            problems.error(position, sentence(String.valueOf(marked.getProblem())) + opened(marked, position));
        } else {
            problems.error(problems.at(1, 1), "this is not a YAML file; " + problems.kind().start());
        }
    }

    private static String sentence(String problem) {
        return SENTENCES.entrySet().stream().filter(e -> problem.contains(e.getKey())).map(Map.Entry::getValue)
                .findFirst().orElse("this is not valid YAML: " + Problems.quote(problem));
    }

    private static String opened(MarkedYamlEngineException exception, Position position) {
        return exception.getContextMark().filter(m -> m.getLine() + 1 != position.line())
                .map(m -> " (it belongs to what begins in line " + (m.getLine() + 1) + ")").orElse("");
    }
}
