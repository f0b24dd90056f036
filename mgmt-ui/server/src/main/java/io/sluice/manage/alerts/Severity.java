package io.sluice.manage.alerts;

import java.util.Locale;

/** How soon somebody should look. */
public enum Severity {
    /** When there is time. */
    LOW,
    /** Today. */
    MEDIUM,
    /** Now. */
    HIGH;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
