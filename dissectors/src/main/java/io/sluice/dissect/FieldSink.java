package io.sluice.dissect;

/** Takes the fields of a message one by one, nested as an event log nests them: {@code unit_id}, {@code write.address}. */
public interface FieldSink {
    void number(String name, long value);

    void text(String name, String value);

    /** What follows lies within {@code name}, up to {@link #end}. */
    void begin(String name);

    void end();
}
