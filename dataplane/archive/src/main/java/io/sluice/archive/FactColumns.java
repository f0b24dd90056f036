package io.sluice.archive;

import io.sluice.dissect.Facts;
import io.sluice.dissect.OrderedNumber;
import io.sluice.dissect.Protocol;
import io.sluice.dissect.Vocabulary;
import io.sluice.dissect.Vocabulary.Field;
import io.sluice.dissect.Vocabulary.Notation;
import io.sluice.dissect.Vocabulary.Operation;
import io.sluice.dissect.Vocabulary.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** One span of facts as columns, by the words of its protocol's vocabulary. Knows no protocol. */
final class FactColumns {
    /** Values of one operation that are written out; all of them count for the lowest and highest. */
    private static final int MOST_VALUES = 16;
    /** Names of sorts kept; a sender that invents numbers of services must not fill the memory. */
    private static final int MOST_SORTS = 4096;

    private final Vocabulary vocabulary;
    private final Map<Integer, Operation> operations = new HashMap<>();
    private final Map<Integer, String> sorts = new HashMap<>();
    private final List<Field> selectorsFromLast = new ArrayList<>();
    private final Map<Field, Map<Integer, String>> words = new HashMap<>();

    FactColumns(Protocol protocol) {
        vocabulary = protocol.vocabulary();
        vocabulary.operations().forEach(o -> operations.put(o.number(), o));
        vocabulary.implied().forEach(o -> operations.put(o.number(), o));
        for (Field field : vocabulary.fields()) {
            if (field.role() == Role.SELECTOR) {
                selectorsFromLast.add(field);
            }
            Map<Integer, String> byNumber = new HashMap<>();
            field.words().forEach((word, number) -> byNumber.put(number, word));
            words.put(field, byNumber);
        }
        Collections.reverse(selectorsFromLast);
    }

    /** The column of a field of a policy; a capture file's name is a column already. */
    static Column column(Field field) {
        return field.name().equals("file")
                ? Column.FILE_NUMBER
                : Column.valueOf(field.name().toUpperCase(
                        java.util.Locale.ROOT));
    }

    void fill(Facts facts, int span, Row row) {
        int number = facts.operation(span);
        row.set(Column.SORT, sort(vocabulary.sort(number, facts.scope(span), facts.low(span))));
        Operation operation = operations.get(number);
        if (operation == null) {
            return;
        }
        row.set(Column.OPERATION, operation.word()).set(Column.CHANGES, operation.writes()).set(Column.ITEMS,
                Math.max(facts.high(span) - facts.low(span) + 1, facts.times(span)));
        selectors(facts.scope(span), operation, row);
        for (Field field : vocabulary.fields()) {
            if (operation.fields().contains(field.name())) {
                switch (field.role()) {
                    case SELECTOR -> {
                    }
                    case ITEM, EXTRA -> row.set(column(field), vocabulary.text(field, facts, span, 0)
                            .map(text -> typed(column(field), text)).orElse(null));
                    case VALUE -> values(field, facts, span, row);
                }
            }
        }
    }

    private String sort(int sort) {
        String known = sorts.get(sort);
        if (known != null) {
            return known;
        }
        String name = vocabulary.sortName(sort);
        if (sorts.size() < MOST_SORTS) {
            sorts.put(sort, name);
        }
        return name;
    }

    /** Takes a scope apart again, see {@link Vocabulary#scope}. */
    private void selectors(int scope, Operation operation, Row row) {
        int left = scope;
        for (Field field : selectorsFromLast) {
            int value = left % field.size() + (int) field.min();
            left /= field.size();
            if (operation.fields().contains(field.name()) && !field.unnamed().contains(value)) {
                String word = Objects.requireNonNull(words.get(field)).get(value);
                row.set(column(field), typed(column(field), word == null ? Integer.toString(value) : word));
            }
        }
    }

    private static @Nullable Object typed(Column column, String text) {
        return column.type() == Column.Type.INTEGER ? (Object) Integer.valueOf(text) : text;
    }

    private void values(Field field, Facts facts, int span, Row row) {
        int encoding = facts.encoding(span);
        if (encoding == Facts.NO_VALUE || encoding == Facts.UNKNOWN_VALUE || facts.readable(span) == 0) {
            return;
        }
        StringJoiner texts = new StringJoiner(", ");
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        int readable = facts.readable(span);
        for (int i = 0; i < readable; i++) {
            if (i < MOST_VALUES) {
                vocabulary.text(field, facts, span, i).ifPresent(texts::add);
            }
            double number = number(field, facts.value(span, i));
            if (Double.isFinite(number)) {
                lowest = Math.min(lowest, number);
                highest = Math.max(highest, number);
            }
        }
        if (readable > MOST_VALUES) {
            texts.add("…");
        }
        row.text(Column.VALUE, texts.toString());
        if (lowest <= highest) {
            row.set(Column.VALUE_LOW, lowest).set(Column.VALUE_HIGH, highest);
        }
    }

    /** NaN for what is no number: a text, or not-a-number itself. */
    private static double number(Field field, long value) {
        return switch (field.notation()) {
            case Notation.Whole _ -> value;
            case Notation.Decimal _ -> OrderedNumber.nameAt(value) >= 0 ? Double.NaN : OrderedNumber.number(value);
            case Notation.Named _ -> Double.NaN;
        };
    }
}
