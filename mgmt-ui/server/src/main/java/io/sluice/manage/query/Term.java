package io.sluice.manage.query;

import io.sluice.manage.event.Event;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One condition of a filter: any of the values, or, negated, none of them.
 *
 * @param values at least one
 */
public record Term(boolean negated, Field field, List<Value> values) {
    /** As it is written in a filter. */
    public String written() {
        String key = field == Field.TEXT ? "" : field.word() + ":";
        return (negated ? "-" : "") + key + values.stream().map(this::written).collect(Collectors.joining(","));
    }

    /** What would read as something else stands in quotes: a searched word as a key or a negation, a text as a number. */
    private String written(Value value) {
        String written = value.written();
        boolean key = field == Field.TEXT && (written.startsWith("-") || written.matches("(?s)[a-zA-Z]+:.*"));
        boolean number = value instanceof Value.Text && field.kind() == Field.Kind.NUMBER_OR_TEXT
                && RangeWords.of(written) != null;
        return key || number ? '"' + written + '"' : written;
    }

    boolean test(Event event, FilterContext context) {
        for (Value value : values) {
            if (field.test(event, value, context)) {
                return !negated;
            }
        }
        return negated;
    }

    void sql(Sql sql, FilterContext context) {
        sql.add(negated ? "NOT (" : "(");
        for (int i = 0; i < values.size(); i++) {
            sql.add(i == 0 ? "" : " OR ");
            field.sql(sql, values.get(i), context);
        }
        sql.add(")");
    }
}
