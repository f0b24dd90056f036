package io.sluice.spark;

import io.sluice.archive.Column;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Rows as Spark has them. */
final class Rows {
    private static final long MICROS = 1_000_000, MILLIS = 1_000;
    private static final Column[] COLUMNS = Column.values();

    private Rows() {}

    static StructType schema() {
        List<StructField> fields = new ArrayList<>();
        for (Column column : COLUMNS) {
            fields.add(DataTypes.createStructField(column.word(), type(column.type()), true));
        }
        return DataTypes.createStructType(fields);
    }

    private static DataType type(Column.Type type) {
        return switch (type) {
            case TEXT -> DataTypes.StringType;
            case INTEGER -> DataTypes.IntegerType;
            case LONG -> DataTypes.LongType;
            case REAL -> DataTypes.DoubleType;
            case FLAG -> DataTypes.BooleanType;
            case TIME -> DataTypes.TimestampType;
        };
    }

    static Row of(io.sluice.archive.Row row) {
        @Nullable
        Object[] values = new @Nullable Object[COLUMNS.length];
        for (Column column : COLUMNS) {
            Object value = row.get(column);
            values[column.ordinal()] = column.type() == Column.Type.TIME && value != null
                    ? timestamp((long) value)
                    : value;
        }
        return RowFactory.create(values);
    }

    private static Timestamp timestamp(long epochMicros) {
        Timestamp time = new Timestamp(Math.floorDiv(epochMicros, MILLIS));
        time.setNanos((int) (Math.floorMod(epochMicros, MICROS) * 1000));
        return time;
    }
}
