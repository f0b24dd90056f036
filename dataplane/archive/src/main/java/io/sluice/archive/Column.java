package io.sluice.archive;

import java.util.Locale;

/**
 * The columns of a row, in their order: the same in JSON lines, in Parquet and in Spark. A column that does not apply is
 * null, and absent from a JSON line. docs/archives.md says for people what stands in each.
 */
public enum Column {
    TIME(Type.TIME),
    NANOS(Type.LONG),
    SENSOR(Type.TEXT),
    FILE(Type.TEXT),
    FRAME(Type.LONG),
    MESSAGE(Type.INTEGER),
    ITEM(Type.INTEGER),
    KIND(Type.TEXT),
    FLOW(Type.LONG),
    TRANSPORT(Type.TEXT),
    CLIENT(Type.TEXT),
    CLIENT_PORT(Type.INTEGER),
    SERVER(Type.TEXT),
    SERVER_PORT(Type.INTEGER),
    FROM_PLACE(Type.TEXT),
    FROM_ZONE(Type.TEXT),
    TO_PLACE(Type.TEXT),
    TO_ZONE(Type.TEXT),
    PROTOCOL(Type.TEXT),
    DOES(Type.TEXT),
    SORT(Type.TEXT),
    OPERATION(Type.TEXT),
    CHANGES(Type.FLAG),
    UNIT(Type.INTEGER),
    SPACE(Type.TEXT),
    ADDRESS(Type.INTEGER),
    ITEMS(Type.INTEGER),
    FILE_NUMBER(Type.INTEGER),
    ATTRIBUTE(Type.TEXT),
    NODE(Type.TEXT),
    METHOD(Type.TEXT),
    OBJECT(Type.TEXT),
    VALUE(Type.TEXT),
    VALUE_LOW(Type.REAL),
    VALUE_HIGH(Type.REAL),
    VERDICT(Type.TEXT),
    REASON(Type.TEXT),
    CONDUIT(Type.TEXT),
    RULE(Type.TEXT),
    DETAIL(Type.TEXT),
    DECISIVE(Type.FLAG),
    NOTICES(Type.TEXT),
    ACTION(Type.TEXT),
    ENFORCED(Type.FLAG);

    /** What a column holds, and the Java type of its values in a {@link Row}. */
    public enum Type {
        /** {@link String}. */
        TEXT("VARCHAR"),
        /** {@link Integer}. */
        INTEGER("INTEGER"),
        /** {@link Long}. */
        LONG("BIGINT"),
        /** {@link Double}, finite. */
        REAL("DOUBLE"),
        /** {@link Boolean}. */
        FLAG("BOOLEAN"),
        /** {@link Long}: microseconds since 1970-01-01T00:00Z, which Parquet and most databases count in. */
        TIME("TIMESTAMP WITH TIME ZONE");

        private final String sql;

        Type(String sql) {
            this.sql = sql;
        }

        /** As DuckDB and the documents call it. */
        public String sql() {
            return sql;
        }
    }

    private final Type type;
    private final String word = name().toLowerCase(Locale.ROOT);

    Column(Type type) {
        this.type = type;
    }

    /** Its name in files and queries. */
    public String word() {
        return word;
    }

    public Type type() {
        return type;
    }
}
