package io.sluice.rules.policy;

import io.sluice.dissect.Vocabulary;
import io.sluice.dissect.Vocabulary.Act;
import io.sluice.dissect.Vocabulary.Understood;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Allows as text again, as a grant has them: what a conduit allows, what of that only reads, and how people say it. */
public final class RuleTexts {
    /** Keys that do not depend on what is done. */
    private static final Set<String> GENERAL = Set.of("id", "do", "rate", "window");

    private RuleTexts() {}

    /**
     * All that a conduit allows, written out.
     *
     * @param policy a text that is a policy
     * @return empty where there is no such conduit, or it allows nothing
     */
    public static Optional<String> allows(String policy, String conduit) {
        return read(policy).flatMap(root -> child(root, "conduits")).flatMap(all -> child(all, conduit))
                .flatMap(one -> child(one, "allow")).map(RuleTexts::items).filter(rules -> !rules.isEmpty())
                .map(RuleTexts::text);
    }

    /**
     * What of some allows changes nothing at a device.
     *
     * @param rules a text that is a list of allows in these words
     * @return empty where all of them do
     */
    public static Optional<String> reading(String rules, Vocabulary vocabulary) {
        List<Yaml> reading = read(rules).map(RuleTexts::items).orElse(List.of()).stream()
                .flatMap(rule -> reading(rule, vocabulary).stream()).toList();
        return reading.isEmpty() ? Optional.empty() : Optional.of(text(reading));
    }

    /** Whether something in these allows changes a device. */
    public static boolean changes(String rules, Vocabulary vocabulary) {
        return read(rules).map(RuleTexts::items).orElse(List.of()).stream()
                .flatMap(rule -> child(rule, "do").map(RuleTexts::texts).orElse(List.of()).stream())
                .anyMatch(word -> !onlyReads(acts(word, vocabulary)));
    }

    /** One line for each allow, such as {@code read, write: unit 1, space holding, address any}. */
    public static List<String> sentences(String rules) {
        return read(rules).map(RuleTexts::items).orElse(List.of()).stream().map(RuleTexts::sentence).toList();
    }

    private static Optional<Yaml> reading(Yaml rule, Vocabulary vocabulary) {
        List<Yaml> words = new ArrayList<>();
        Set<String> fields = new HashSet<>(GENERAL);
        for (Yaml.Text word : child(rule, "do").map(RuleTexts::texts).orElse(List.of())) {
            List<Act> acts = acts(word, vocabulary);
            if (onlyReads(acts)) {
                words.add(word);
                acts.forEach(act -> fields.addAll(act.operation().fields()));
            }
        }
        if (words.isEmpty() || !(rule instanceof Yaml.Mapping map)) {
            return Optional.empty();
        }
        List<Yaml.Entry> entries = new ArrayList<>();
        for (Yaml.Entry entry : map.entries()) {
            if (entry.key().value().equals("do")) {
                entries.add(new Yaml.Entry(entry.key(), new Yaml.Sequence(words, entry.value().position())));
            } else if (fields.contains(entry.key().value())) {
                entries.add(entry);
            }
        }
        return Optional.of(new Yaml.Mapping(entries, map.position()));
    }

    private static List<Act> acts(Yaml.Text word, Vocabulary vocabulary) {
        return vocabulary.act(word.value()) instanceof Understood.Yes<List<Act>> yes ? yes.meaning() : List.of();
    }

    /** A word that nobody understands reads nothing. */
    private static boolean onlyReads(List<Act> acts) {
        return !acts.isEmpty() && acts.stream().noneMatch(act -> act.operation().writes());
    }

    private static String sentence(Yaml rule) {
        String does = child(rule, "do").map(RuleTexts::texts).orElse(List.of()).stream().map(Yaml.Text::value)
                .collect(Collectors.joining(", "));
        List<String> rest = new ArrayList<>();
        if (rule instanceof Yaml.Mapping map) {
            map.entries().stream().filter(e -> !GENERAL.contains(e.key().value())).forEach(e -> rest.add(e.key().value()
                    + " " + texts(e.value()).stream().map(Yaml.Text::value).collect(Collectors.joining(", "))));
        }
        child(rule, "rate").ifPresent(v -> rest.add("at most " + words(v)));
        child(rule, "window").ifPresent(v -> rest.add("while `" + words(v) + "` is open"));
        return rest.isEmpty() ? does : does + ": " + String.join("; ", rest);
    }

    private static String words(Yaml value) {
        return texts(value).stream().map(Yaml.Text::value).collect(Collectors.joining(", "));
    }

    private static Optional<Yaml> read(String text) {
        return YamlReader.read(text, new Problems("", PolicyLimits.DEFAULT));
    }

    private static Optional<Yaml> child(Yaml parent, String key) {
        return parent instanceof Yaml.Mapping map
                ? map.entries().stream().filter(e -> e.key().value().equals(key)).map(Yaml.Entry::value).findFirst()
                : Optional.empty();
    }

    private static List<Yaml> items(Yaml value) {
        return value instanceof Yaml.Sequence sequence ? sequence.items() : List.of();
    }

    private static List<Yaml.Text> texts(Yaml value) {
        return switch (value) {
            case Yaml.Text text -> List.of(text);
            case Yaml.Sequence sequence -> sequence.items().stream()
                    .flatMap(i -> i instanceof Yaml.Text text ? Stream.of(text) : Stream.of()).toList();
            case Yaml.Mapping _ -> List.of();
        };
    }

    /** In block style, in which any plain text may stand. */
    private static String text(List<Yaml> rules) {
        StringBuilder text = new StringBuilder();
        for (Yaml rule : rules) {
            String mark = "- ";
            if (rule instanceof Yaml.Mapping map) {
                for (Yaml.Entry entry : map.entries()) {
                    text.append(mark).append(entry.key().value()).append(':');
                    mark = "  ";
                    if (entry.value() instanceof Yaml.Text one) {
                        text.append(' ').append(scalar(one)).append('\n');
                    } else {
                        text.append('\n');
                        texts(entry.value()).forEach(t -> text.append("    - ").append(scalar(t)).append('\n'));
                    }
                }
            }
        }
        return text.toString();
    }

    private static String scalar(Yaml.Text text) {
        return text.plain() ? text.value() : "\"" + text.value().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
