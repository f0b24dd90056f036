package io.sluice.manage.alerts;

import java.util.Locale;

/** What an alert is about. */
public enum Kind {
    NEW_DEVICE,
    NEW_RELATION,
    NEW_FUNCTION,
    SCAN,
    VALUE_OUT_OF_RANGE,
    RATE_JUMP,
    SPOOFING,
    REPEATED_DENIALS,
    /** The firewall itself needs somebody. */
    FIREWALL;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    public String word() {
        return word;
    }
}
