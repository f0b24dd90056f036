package io.sluice.manage.event;

import java.util.Locale;

/** The {@code event_type} of a record. */
public enum EventType {
    /** A message that was permitted, or an answer. */
    MODBUS,
    OPCUA,
    /** A message or a flow that was refused, or would be, or is worth a look. */
    ALERT,
    /** A packet that is unfit to pass. */
    DROP,
    /** What a flow has carried, over or so far. */
    FLOW,
    /** Counters. */
    STATS,
    /** What people, management and the journal itself did. */
    MANAGEMENT,
    /** A record of a later version, or one that cannot be read. */
    OTHER;

    private final String word = name().toLowerCase(Locale.ROOT);

    public String word() {
        return word;
    }

    public static EventType of(String word) {
        return switch (word) {
            case "modbus" -> MODBUS;
            case "opcua" -> OPCUA;
            case "alert" -> ALERT;
            case "drop" -> DROP;
            case "flow" -> FLOW;
            case "stats" -> STATS;
            case "management" -> MANAGEMENT;
            default -> OTHER;
        };
    }
}
