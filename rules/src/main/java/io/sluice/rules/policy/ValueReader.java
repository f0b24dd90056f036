package io.sluice.rules.policy;

import io.sluice.dissect.OrderedNumber;
import io.sluice.dissect.Vocabulary.Field;
import io.sluice.dissect.Vocabulary.Name;
import io.sluice.dissect.Vocabulary.Naming;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what a rule says of a value that may be a number or a text: decimal numbers, ranges of them, texts. */
final class ValueReader {
    private static final String RANGE = "..";
    private static final Set<String> FLAGS = Set.of("on", "off", "yes", "no");
    /** What somebody meant as a number or range, although it does not read as one. */
    private static final Pattern ALMOST_NUMBER = Pattern.compile("[-+.]?[0-9].*|[-+.]+");

    private final Values values;
    private final Field field;
    private final Naming naming;
    private final List<Matcher.Range> ranges = new ArrayList<>();
    private final List<Name> names = new ArrayList<>();

    ValueReader(Values values, Field field, Naming naming) {
        this.values = values;
        this.field = field;
        this.naming = naming;
    }

    Optional<Matcher> read(List<Yaml.Text> texts, Position position) {
        texts.forEach(this::read);
        if (names.isEmpty()) {
            return ranges.isEmpty() ? Optional.empty() : Optional.of(new Matcher.Ranges(ranges, position));
        }
        return Optional.of(new Matcher.Names(names, ranges, position));
    }

    private void read(Yaml.Text text) {
        Optional<Matcher.Range> range = range(text.value());
        if (text.plain() && (range.isPresent() || ALMOST_NUMBER.matcher(text.value()).matches())) {
            values.parsed(text, field.name(), this::checked).ifPresent(ranges::add);
            return;
        }
        if (text.plain() && FLAGS.contains(text.value().toLowerCase(Locale.ROOT))) {
            values.problems().error(text.position(),
                    Problems.quote(text.value()) + " would be a text here; write `true`"
                            + " or `false`, or quotes around it if a String is meant");
            return;
        }
        if (range.isPresent()) {
            values.problems().warning(text.position(), "`\"" + text.value() + "\"` in quotes is a text, which only a"
                    + " String can be; if numbers are meant, leave the quotes out");
        }
        values.name(text, naming).ifPresent(names::add);
    }

    private Parsed<Matcher.Range> checked(String text) {
        Optional<Matcher.Range> range = range(text);
        if (range.isEmpty()) {
            return Parsed.no(text, "is not a number or a range `0..1500`; a text stands in quotes");
        }
        long low = range.get().low();
        long high = range.get().high();
        if (low > high) {
            return Parsed.no(text, "runs backwards; write `" + OrderedNumber.text(high) + RANGE
                    + OrderedNumber.text(low) + "`");
        }
        return low < OrderedNumber.of(field.min()) || high > OrderedNumber.of(field.max())
                ? Parsed.no(text, "is outside " + field.min() + RANGE + field.max()
                        + ", where numbers of all types can be compared")
                : Parsed.yes(range.get());
    }

    private static Optional<Matcher.Range> range(String text) {
        int dots = text.indexOf(RANGE);
        OptionalLong low = number(dots < 0 ? text : text.substring(0, dots));
        OptionalLong high = dots < 0 ? low : number(text.substring(dots + RANGE.length()));
        return low.isPresent() && high.isPresent()
                ? Optional.of(new Matcher.Range(low.getAsLong(), high.getAsLong()))
                : Optional.empty();
    }

    private static OptionalLong number(String text) {
        Optional<Long> whole = Numbers.parse(text);
        return whole.isPresent() ? OptionalLong.of(OrderedNumber.of(whole.get())) : OrderedNumber.parse(text);
    }
}
