package io.sluice.manage.query;

import io.sluice.manage.query.FilterWords.Raw;
import io.sluice.manage.query.FilterWords.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Understands a filter, and says of each word that it does not understand where it is and what to write instead. */
final class FilterParser {
    private static final int LONGEST = 4096;
    private static final int MOST_VALUES = 200;

    private final List<FilterProblem> problems = new ArrayList<>();

    private FilterParser() {}

    static Filter.Result parse(String text) {
        if (text.length() > LONGEST) {
            return new Filter.Result.Refused(List.of(new FilterProblem(LONGEST, text.length(),
                    "the filter is longer than " + LONGEST + " characters; narrow it with fewer words")));
        }
        FilterParser parser = new FilterParser();
        List<Term> terms = new ArrayList<>();
        int values = 0;
        for (Raw raw : FilterWords.of(text, parser.problems)) {
            parser.term(raw).ifPresent(terms::add);
            values += raw.values().size();
        }
        if (values > MOST_VALUES) {
            parser.problems.add(new FilterProblem(0, text.length(),
                    "the filter has more than " + MOST_VALUES + " values; use ranges and `*`"));
        }
        return parser.problems.isEmpty()
                ? new Filter.Result.Parsed(new Filter(List.copyOf(terms)))
                : new Filter.Result.Refused(List.copyOf(parser.problems));
    }

    private Optional<Term> term(Raw raw) {
        Field field = Field.TEXT;
        if (!raw.key().isEmpty()) {
            Optional<Field> named = Field.named(raw.key());
            if (named.isEmpty()) {
                problem(raw.keyFrom(), raw.keyFrom() + raw.key().length(), KeyNames.unknown(raw.key()));
                return Optional.empty();
            }
            field = named.get();
        }
        if (field.kind() == Field.Kind.TIME && (raw.negated() || raw.values().size() > 1)) {
            problem(raw.from(), raw.values().getLast().to(), "`" + field.word() + "` takes one time and no `-`; write `"
                    + field.word() + ":15m` or `" + field.word() + ":2026-11-27T14:00`");
            return Optional.empty();
        }
        List<Value> values = new ArrayList<>();
        for (Word word : raw.values()) {
            Value value = value(field, word);
            if (value != null) {
                values.add(value);
            }
        }
        return values.size() < raw.values().size()
                ? Optional.empty()
                : Optional.of(new Term(raw.negated(), field, List.copyOf(values)));
    }

    private @Nullable Value value(Field field, Word word) {
        if (word.text().isEmpty()) {
            problem(word, (field == Field.TEXT
                    ? "there is nothing between the quotes"
                    : "behind `" + field.word()
                            + ":` something is missing: " + field.help()));
            return null;
        }
        return switch (field.kind()) {
            case TEXT -> text(word);
            case NAME -> new Value.Text(word.text(), false);
            case WORD -> new Value.Text(Value.Text.fold(word.text()), !word.quoted() && word.text().indexOf('*') >= 0);
            case CHOICE -> choice(field, word);
            case NUMBER -> number(field, word);
            case NUMBER_OR_TEXT -> word.quoted() ? text(word) : numberOrText(word);
            case TIME -> time(field, word);
        };
    }

    private static Value.Text text(Word word) {
        return new Value.Text(word.text(), !word.quoted() && word.text().indexOf('*') >= 0);
    }

    private @Nullable Value choice(Field field, Word word) {
        String text = word.text().toLowerCase(Locale.ROOT);
        if (field.choices().contains(text)) {
            return new Value.Text(text, false);
        }
        problem(word, "`" + field.word() + "` is " + field.choices().stream().map(c -> "`" + c + "`")
                .collect(Collectors.joining(", ")) + ", not `" + word.text() + "`");
        return null;
    }

    private @Nullable Value number(Field field, Word word) {
        Value.Range range = RangeWords.of(word.text());
        if (range == null || word.quoted()) {
            problem(word, "`" + word.text() + "` is not a number or a range; write `" + field.word() + ":100` or `"
                    + field.word() + ":100..119`");
            return null;
        }
        return ordered(word, range);
    }

    private @Nullable Value numberOrText(Word word) {
        Value.Range range = RangeWords.of(word.text());
        return range == null ? text(word) : ordered(word, range);
    }

    private @Nullable Value ordered(Word word, Value.Range range) {
        if (range.low() > range.high()) {
            problem(word, "`" + word.text() + "` ends before it begins; put the smaller number first");
            return null;
        }
        return range;
    }

    private @Nullable Value time(Field field, Word word) {
        Value.Time time = TimeWords.of(word.text());
        if (time == null) {
            problem(word, "`" + word.text() + "` is not a time; write how long ago it was, `" + field.word()
                    + ":15m` (s, m, h, d), or a time in UTC, `" + field.word() + ":2026-11-27T14:00`");
        }
        return time;
    }

    private void problem(Word word, String sentence) {
        problem(word.from(), word.to(), sentence);
    }

    private void problem(int from, int to, String sentence) {
        problems.add(new FilterProblem(from, to, sentence));
    }
}
