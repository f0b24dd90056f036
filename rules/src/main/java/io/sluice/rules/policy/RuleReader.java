package io.sluice.rules.policy;

import io.sluice.dissect.Protocols;
import io.sluice.dissect.Vocabulary;
import io.sluice.dissect.Vocabulary.Act;
import io.sluice.dissect.Vocabulary.Field;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads one entry of {@code allow} or {@code deny}. */
final class RuleReader {
    private final Values values;
    private final Problems problems;
    private final Names names;
    private final FieldReader fieldReader;
    private final RuleCheck check;

    RuleReader(Values values, Names names) {
        this.values = values;
        this.problems = values.problems();
        this.names = names;
        this.fieldReader = new FieldReader(values);
        this.check = new RuleCheck(problems);
    }

    /**
     * Reads a rule in the words of its conduit.
     *
     * @param vocabulary empty where the conduit's protocol is not known: then only what does not depend on it is read
     */
    Optional<Rule> read(Yaml entry, boolean deny, Optional<Vocabulary> vocabulary) {
        Optional<Yaml.Mapping> map = values.map(entry, deny ? "deny" : "allow");
        if (map.isEmpty()) {
            return Optional.empty();
        }
        Section section = new Section(map.get(), Keys.RULE.with(fieldNames(vocabulary)), "a rule", problems);
        Optional<String> id = section.require("id").flatMap(v -> id(v, deny));
        Optional<Yaml> does = section.require("do");
        Optional<Rate> rate = section.find("rate").flatMap(v -> rate(v, deny));
        Optional<String> window = section.find("window").flatMap(this::window);
        Optional<String> because = section.find("because").flatMap(v -> because(v, deny));
        if (vocabulary.isEmpty() || does.isEmpty()) {
            return Optional.empty();
        }
        List<Yaml.Text> texts = values.oneOrMore(does.get(), "do");
        Map<String, List<Act>> acts = acts(texts, vocabulary.get());
        Map<String, Matcher> fields = fields(section, vocabulary.get(), deny);
        if (!acts.isEmpty() && acts.size() == Set.copyOf(texts.stream().map(Yaml.Text::value).toList()).size()) {
            check.check(new RuleCheck.Draft(section, deny, vocabulary.get(), acts, fields));
        }
        return id.map(i -> new Rule(i, deny, List.copyOf(acts.keySet()),
                acts.values().stream().flatMap(List::stream).toList(), fields, rate, window, because,
                section.position()));
    }

    private static Set<String> fieldNames(Optional<Vocabulary> vocabulary) {
        Stream<Vocabulary> spoken = vocabulary.isPresent()
                ? vocabulary.stream()
                : Stream.concat(Protocols.ALL.stream().map(p -> p.vocabulary()), Stream.of(PlainVocabulary.INSTANCE));
        Set<String> names = new LinkedHashSet<>();
        spoken.forEach(v -> v.fields().forEach(f -> names.add(f.name())));
        return names;
    }

    private Optional<String> id(Yaml value, boolean deny) {
        return values.id(value).filter(id -> names.declareRule(id, value.position(), deny));
    }

    private Optional<Rate> rate(Yaml value, boolean deny) {
        if (deny) {
            problems.error(value.position(), "a deny has no `rate`: it refuses every time; to slow something down, put"
                    + " the rate on the allow");
            return Optional.empty();
        }
        return RateReader.read(value, values);
    }

    private Optional<String> window(Yaml value) {
        return values.text(value, "window").filter(t -> names.isWindow(t.value(), t.position())).map(Yaml.Text::value);
    }

    private Optional<String> because(Yaml value, boolean deny) {
        if (!deny) {
            problems.error(value.position(), "`because` is the reason that a deny gives; beside an allow, write a"
                    + " comment (`# …`)");
            return Optional.empty();
        }
        return values.text(value, "because").map(Yaml.Text::value);
    }

    private Map<String, List<Act>> acts(List<Yaml.Text> texts, Vocabulary vocabulary) {
        Map<String, List<Act>> acts = new LinkedHashMap<>();
        for (Yaml.Text text : texts) {
            switch (vocabulary.act(text.value())) {
                case Vocabulary.Understood.Yes<List<Act>> yes -> {
                    if (acts.put(text.value(), yes.meaning()) != null) {
                        problems.warning(text.position(), Problems.quote(text.value()) + " is listed twice");
                    }
                }
                case Vocabulary.Understood.No<List<Act>> no -> problems.error(text.position(), no.sentence());
            }
        }
        return acts;
    }

    private Map<String, Matcher> fields(Section section, Vocabulary vocabulary, boolean deny) {
        Map<String, Matcher> fields = new LinkedHashMap<>();
        for (Field field : vocabulary.fields()) {
            section.find(field.name()).flatMap(v -> fieldReader.read(v, field, deny))
                    .ifPresent(m -> fields.put(field.name(), m));
        }
        return fields;
    }
}
