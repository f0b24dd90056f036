package io.sluice.archive;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One operation of one judged message, an answer, or a connection that is not looked into: a line of the table. */
public final class Row {
    private static final int COLUMNS = Column.values().length;

    private final @Nullable Object[] values;

    Row() {
        values = new @Nullable Object[COLUMNS];
    }

    private Row(@Nullable Object[] values) {
        this.values = values;
    }

    /** The value of a column in the Java type of its {@link Column.Type}; null where it does not apply. */
    public @Nullable Object get(Column column) {
        return values[column.ordinal()];
    }

    Row set(Column column, @Nullable Object value) {
        values[column.ordinal()] = value;
        return this;
    }

    /** Texts that say nothing are absent. */
    Row text(Column column, String value) {
        return set(column, value.isEmpty() ? null : value);
    }

    Row copy() {
        return new Row(Arrays.copyOf(values, values.length));
    }
}
