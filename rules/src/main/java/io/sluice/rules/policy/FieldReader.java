package io.sluice.rules.policy;

import io.sluice.dissect.Vocabulary.Field;
import io.sluice.dissect.Vocabulary.Name;
import io.sluice.dissect.Vocabulary.Naming;
import io.sluice.dissect.Vocabulary.Notation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what a rule says of one field: {@code any}, words, numbers, ranges, names, or a list of them. */
final class FieldReader {
    private static final Pattern ALMOST_RANGE = Pattern.compile("[0-9a-fx]+ *(-|:|\\.\\.\\.|–|to) *[0-9a-fx]+");

    private final Values values;
    private final Problems problems;

    FieldReader(Values values) {
        this.values = values;
        this.problems = values.problems();
    }

    Optional<Matcher> read(Yaml value, Field field, boolean deny) {
        boolean decimal = field.notation() instanceof Notation.Decimal;
        List<Yaml.Text> texts = values.oneOrMore(decimal ? flagsAsNumbers(value) : value, field.name());
        if (texts.stream().anyMatch(t -> t.value().equals("any"))) {
            if (texts.size() > 1) {
                problems.error(value.position(), "`any` covers every value and stands alone; write no list");
            }
            return Optional.of(new Matcher.Any(value.position()));
        }
        if (!field.words().isEmpty()) {
            return words(texts, field, value);
        }
        return switch (field.notation()) {
            case Notation.Whole _ -> ranges(texts, field, deny, value);
            case Notation.Named named -> names(texts, named.naming(), value);
            case Notation.Decimal both -> new ValueReader(values, field, both.naming()).read(texts, value.position());
        };
    }

    /** {@code true} and {@code false}, which YAML keeps for itself, are 1 and 0. */
    private static Yaml flagsAsNumbers(Yaml value) {
        return switch (value) {
            case Yaml.Text text when text.plain() && text.value().equals("true") ->
                new Yaml.Text("1", true, text.position());
            case Yaml.Text text when text.plain() && text.value().equals("false") ->
                new Yaml.Text("0", true, text.position());
            case Yaml.Sequence list ->
                new Yaml.Sequence(list.items().stream().map(FieldReader::flagsAsNumbers).toList(), list.position());
            case Yaml.Text _,Yaml.Mapping _ -> value;
        };
    }

    private Optional<Matcher> names(List<Yaml.Text> texts, Naming naming, Yaml value) {
        List<Name> names = texts.stream().map(t -> values.name(t, naming)).flatMap(Optional::stream).toList();
        return names.isEmpty() ? Optional.empty() : Optional.of(new Matcher.Names(names, List.of(), value.position()));
    }

    private Optional<Matcher> words(List<Yaml.Text> texts, Field field, Yaml value) {
        Map<String, Integer> sorted = new LinkedHashMap<>();
        field.words().entrySet().stream().sorted(Map.Entry.comparingByValue())
                .forEach(e -> sorted.put(e.getKey(), e.getValue()));
        List<Integer> numbers = texts.stream().map(t -> values.word(t, field.name(), sorted)).flatMap(Optional::stream)
                .toList();
        return numbers.isEmpty() ? Optional.empty() : Optional.of(new Matcher.Words(numbers, value.position()));
    }

    private Optional<Matcher> ranges(List<Yaml.Text> texts, Field field, boolean deny, Yaml value) {
        List<Matcher.Range> ranges = new ArrayList<>();
        for (Yaml.Text text : texts) {
            values.parsed(text, field.name(), t -> range(t, field, deny)).ifPresent(ranges::add);
        }
        return ranges.isEmpty() ? Optional.empty() : Optional.of(new Matcher.Ranges(ranges, value.position()));
    }

    private static Parsed<Matcher.Range> range(String text, Field field, boolean deny) {
        int dots = text.indexOf("..");
        Optional<Long> low = Numbers.parse(dots < 0 ? text : text.substring(0, dots));
        Optional<Long> high = dots < 0 ? low : Numbers.parse(text.substring(dots + 2));
        if (low.isEmpty() || high.isEmpty()) {
            return Parsed.no(text, ALMOST_RANGE.matcher(text).matches()
                    ? "is not a number; ranges are written `100..119`"
                    : "is not a number, a range `100..119`, or `any`");
        }
        if (low.get() > high.get()) {
            return Parsed.no(text, "runs backwards; write `" + high.get() + ".." + low.get() + "`");
        }
        if (low.get() < field.min() || high.get() > field.max()) {
            return Parsed.no(text, "is outside " + field.min() + ".." + field.max() + ", which is what `" + field.name()
                    + "` can be");
        }
        return coversEveryone(field, low.get(), high.get()) && !deny
                ? Parsed.no(text, "includes " + field.everyone().getAsInt() + ", which addresses every device at once;"
                        + " if that is meant, write it as a number of its own: `[" + field.everyone().getAsInt()
                        + ", …]`")
                : Parsed.yes(new Matcher.Range(low.get(), high.get()));
    }

    /** A broadcast is allowed only where it is written, and a range does not write it. */
    private static boolean coversEveryone(Field field, long low, long high) {
        return low < high && field.everyone().isPresent() && field.everyone().getAsInt() >= low
                && field.everyone().getAsInt() <= high;
    }
}
