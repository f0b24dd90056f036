package io.sluice.manage.firewall;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * A policy's text as a tree whose nodes know where they begin and end in it, so that it can be changed in one place and left
 * as it is in all others. Only for texts that the policy reader accepts. Offsets count UTF-16 units, from 0.
 */
final class PolicyTree {
    private final String text;
    private final List<Integer> lines = new ArrayList<>();
    private final Iterator<Event> events;
    private final Node root;

    /** A piece of the text. {@code end} is behind its last character, comments not included. */
    sealed interface Node {
        int start();

        int end();
    }

    record Scalar(String value, int start, int end) implements Node {}

    /** @param flow written in brackets */
    record Items(boolean flow, List<Node> items, int start, int end) implements Node {}

    /** @param flow written in braces */
    record Entries(boolean flow, List<Entry> entries, int start, int end) implements Node {
        Optional<Entry> entry(String key) {
            return entries.stream().filter(e -> e.key.value.equals(key)).findFirst();
        }

        Optional<Node> find(String key) {
            return entry(key).map(Entry::value);
        }
    }

    record Entry(Scalar key, Node value) {}

    PolicyTree(String text) {
        this.text = text;
        lines.add(0);
        for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
            lines.add(i + 1);
        }
        LoadSettings settings = LoadSettings.builder().setUseMarks(true).setCodePointLimit(text.length() + 1).build();
        events = new Parse(settings).parseString(text).iterator();
        events.next();
        events.next();
        root = node(events.next());
    }

    Entries root() {
        return (Entries) root;
    }

    /** A conduit's own map. */
    Optional<Entries> conduit(String name) {
        return root().find("conduits").filter(Entries.class::isInstance).map(Entries.class::cast)
                .flatMap(all -> all.find(name)).filter(Entries.class::isInstance).map(Entries.class::cast);
    }

    /** A rule's own map. */
    Optional<Entries> rule(String conduit, String id) {
        return conduit(conduit).stream().flatMap(c -> c.find("allow").stream())
                .filter(Items.class::isInstance).map(Items.class::cast).flatMap(all -> all.items().stream())
                .filter(Entries.class::isInstance).map(Entries.class::cast)
                .filter(r -> r.find("id").filter(v -> v instanceof Scalar s && s.value().equals(id)).isPresent())
                .findFirst();
    }

    private Node node(Event event) {
        return switch (event.getEventId()) {
            case SequenceStart -> items((CollectionStartEvent) event);
            case MappingStart -> entries((CollectionStartEvent) event);
            default -> new Scalar(event instanceof ScalarEvent scalar ? scalar.getValue() : "",
                    offset(event.getStartMark()), offset(event.getEndMark()));
        };
    }

    private Items items(CollectionStartEvent start) {
        List<Node> items = new ArrayList<>();
        int end = offset(start.getStartMark());
        Event next = events.next();
        for (; next.getEventId() != Event.ID.SequenceEnd; next = events.next()) {
            items.add(node(next));
            end = items.getLast().end();
        }
        return new Items(start.isFlow(), items, offset(start.getStartMark()),
                start.isFlow() ? offset(next.getEndMark()) : end);
    }

    private Entries entries(CollectionStartEvent start) {
        List<Entry> entries = new ArrayList<>();
        int end = offset(start.getStartMark());
        Event next = events.next();
        for (; next.getEventId() != Event.ID.MappingEnd; next = events.next()) {
            Scalar key = (Scalar) node(next);
            entries.add(new Entry(key, node(events.next())));
            end = Math.max(key.end(), entries.getLast().value().end());
        }
        return new Entries(start.isFlow(), entries, offset(start.getStartMark()),
                start.isFlow() ? offset(next.getEndMark()) : end);
    }

    /** Columns count code points. */
    private int offset(Optional<Mark> mark) {
        return mark.map(m -> text.offsetByCodePoints(lines.get(m.getLine()), m.getColumn())).orElse(0);
    }
}
