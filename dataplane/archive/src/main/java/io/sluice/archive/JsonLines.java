package io.sluice.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/** Writes rows as JSON objects, one a line. {@link #close} returns when they lie on the disk. */
public final class JsonLines implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final long SECOND = 1_000_000;
    private static final Column[] COLUMNS = Column.values();
    /** The columns' names as they stand in the lines, encoded once. */
    private static final SerializableString[] NAMES = Arrays.stream(COLUMNS).map(c -> new SerializedString(c.word()))
            .toArray(SerializableString[]::new);

    private final FileChannel file;
    private final JsonGenerator json;
    /** The last second written, as text, and its digits below the second; most rows share theirs with the one before. */
    private long second = Long.MIN_VALUE;
    private String secondText = "";
    private final char[] micros = new char[6];

    public JsonLines(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
        json = generator(new BufferedOutputStream(Channels.newOutputStream(file), BUFFER));
    }

    private static JsonGenerator generator(OutputStream out) throws IOException {
        JsonGenerator json = new JsonFactory().createGenerator(out);
        json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
        return json;
    }

    public void write(Row row) throws IOException {
        json.writeStartObject();
        for (Column column : COLUMNS) {
            Object value = row.get(column);
            if (value != null) {
                json.writeFieldName(NAMES[column.ordinal()]);
                switch (column.type()) {
                    case TEXT -> json.writeString((String) value);
                    case INTEGER -> json.writeNumber((int) value);
                    case LONG -> json.writeNumber((long) value);
                    case REAL -> json.writeNumber((double) value);
                    case FLAG -> json.writeBoolean((boolean) value);
                    case TIME -> json.writeString(time((long) value));
                }
            }
        }
        json.writeEndObject();
    }

    /** ISO 8601 in UTC with microseconds. */
    private String time(long epochMicros) {
        long whole = Math.floorDiv(epochMicros, SECOND);
        if (whole != second) {
            second = whole;
            String text = LocalDateTime.ofEpochSecond(whole, 0, ZoneOffset.UTC).toString();
            secondText = text.length() == "2026-01-05T06:00".length() ? text + ":00" : text;
        }
        int left = (int) Math.floorMod(epochMicros, SECOND);
        for (int i = micros.length - 1; i >= 0; i--) {
            micros[i] = (char) ('0' + left % 10);
            left /= 10;
        }
        return secondText + '.' + new String(micros) + 'Z';
    }

    @Override
    public void close() throws IOException {
        try (file; json) {
            if (json.getOutputContext().getEntryCount() > 0) {
                json.writeRaw('\n');
            }
            json.flush();
            file.force(true);
        }
    }
}
