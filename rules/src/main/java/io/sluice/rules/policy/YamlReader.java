package io.sluice.rules.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Builds a {@link Yaml} tree from text, strictly: one document, no anchors, aliases, tags, directives, merge keys or
 * duplicate keys, one line a value, and never deeper or larger than the limits.
 */
public final class YamlReader {
    private final Problems problems;
    private final Iterator<Event> events;
    private int nodes;

    private YamlReader(String text, Problems problems) {
        this.problems = problems;
        LoadSettings settings = LoadSettings.builder().setUseMarks(true)
                .setCodePointLimit(problems.limits().characters()).build();
        this.events = new Parse(settings).parseString(text).iterator();
    }

    /** The tree, unless the text is no YAML at all; then a problem says why. */
    public static Optional<Yaml> read(String text, Problems problems) {
        if (!Characters.check(text, problems)) {
            return Optional.empty();
        }
        try {
            return new YamlReader(text, problems).document();
        } catch (YamlEngineException e) {
            YamlSentences.report(e, problems);
        } catch (TooLarge e) {
            problems.error(e.position, e.sentence);
        }
        return Optional.empty();
    }

    private Optional<Yaml> document() {
        events.next();
        Event start = events.next();
        if (!(start instanceof DocumentStartEvent document)) {
            problems.error(problems.at(1, 1), "the file is empty; " + problems.kind().start());
            return Optional.empty();
        }
        if (document.getSpecVersion().isPresent() || !document.getTags().isEmpty()) {
            problems.error(position(document), "directives (`%…`) are not part of the language; remove them");
        }
        Yaml tree = node(events.next(), 1);
        events.next();
        Event end = events.next();
        if (end instanceof DocumentStartEvent) {
            problems.error(position(end), "a second document starts here; a file holds one " + problems.kind().noun());
        }
        return Optional.of(tree);
    }

    private Yaml node(Event event, int depth) {
        Position position = position(event);
        if (depth > problems.limits().depth()) {
            throw new TooLarge(position,
                    "lists and maps are nested deeper than " + problems.limits().depth() + " levels here");
        }
        if (++nodes > problems.limits().nodes()) {
            throw new TooLarge(position,
                    "the " + problems.kind().noun() + " has more than " + problems.limits().nodes() + " values");
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            problems.error(position, "anchors and aliases (`&` and `*`) are not part of the language; write the value");
        }
        if (tag(event).isPresent()) {
            problems.error(position, "tags (`!`) are not part of the language; remove it");
        }
        return switch (event.getEventId()) {
            case SequenceStart -> sequence(position, depth);
            case MappingStart -> mapping(position, depth);
            case Scalar -> text((ScalarEvent) event, position);
            case Alias, Comment, DocumentEnd, DocumentStart, MappingEnd, SequenceEnd, StreamEnd, StreamStart ->
                new Yaml.Text("", false, position);
        };
    }

    private static Optional<String> tag(Event event) {
        return switch (event) {
            case ScalarEvent scalar -> scalar.getTag();
            case CollectionStartEvent collection -> collection.getTag();
            case AliasEvent _ -> Optional.empty();
            default -> Optional.empty();
        };
    }

    private Yaml.Text text(ScalarEvent event, Position position) {
        String value = event.getValue();
        if (event.isLiteral() || event.isFolded() || !value.codePoints().allMatch(Characters::isReadable)) {
            problems.error(position, "a value is one line of readable characters; write it behind the key,"
                    + " in quotes where needed");
            value = "unreadable";
        } else if (value.length() > problems.limits().valueLength()) {
            problems.error(position, "this value has more than " + problems.limits().valueLength() + " characters");
            value = "long";
        }
        return new Yaml.Text(value, event.isPlain(), position);
    }

    private Yaml.Sequence sequence(Position position, int depth) {
        List<Yaml> items = new ArrayList<>();
        for (Event next = events.next(); next.getEventId() != Event.ID.SequenceEnd; next = events.next()) {
            items.add(node(next, depth + 1));
        }
        return new Yaml.Sequence(List.copyOf(items), position);
    }

    private Yaml.Mapping mapping(Position position, int depth) {
        List<Yaml.Entry> entries = new ArrayList<>();
        Map<String, Position> seen = new HashMap<>();
        for (Event next = events.next(); next.getEventId() != Event.ID.MappingEnd; next = events.next()) {
            Yaml key = node(next, depth + 1);
            Yaml value = node(events.next(), depth + 1);
            if (key instanceof Yaml.Text word && isNew(word, seen)) {
                entries.add(new Yaml.Entry(word, value));
            } else if (!(key instanceof Yaml.Text)) {
                problems.error(key.position(), "a key is a word, not a list or map");
            }
        }
        return new Yaml.Mapping(List.copyOf(entries), position);
    }

    private boolean isNew(Yaml.Text key, Map<String, Position> seen) {
        if (key.value().equals("<<")) {
            problems.error(key.position(), "merge keys (`<<`) are not part of the language; write the values");
            return false;
        }
        Position first = seen.putIfAbsent(key.value(), key.position());
        if (first != null) {
            problems.error(key.position(), Problems.quote(key.value()) + " is given twice; it was first given in line "
                    + first.line());
        }
        return first == null;
    }

    private Position position(Event event) {
        Optional<Mark> mark = event.getStartMark();
        return problems.at(mark.map(m -> m.getLine() + 1).orElse(1), mark.map(m -> m.getColumn() + 1).orElse(1));
    }

    /** Ends the reading of a file that exceeds a limit. Never leaves this class. */
    private static final class TooLarge extends RuntimeException {
        private final transient Position position;
        private final String sentence;

        TooLarge(Position position, String sentence) {
            super(sentence, null, false, false);
            this.position = position;
            this.sentence = sentence;
        }
    }
}
