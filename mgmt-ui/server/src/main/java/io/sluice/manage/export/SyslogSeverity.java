package io.sluice.manage.export;

import io.sluice.manage.alerts.Alert;
import io.sluice.manage.event.Event;
import io.sluice.manage.event.Judgement.Verdict;

/** RFC 5424 §6.2.1. */
enum SyslogSeverity {
    ALERT(1, 10),
    CRITICAL(2, 8),
    WARNING(4, 6),
    NOTICE(5, 4),
    INFORMATIONAL(6, 2);

    /** Local use 0: what administrators are free to use. */
    private static final int FACILITY = 16;

    private final int number;
    private final int cef;

    SyslogSeverity(int number, int cef) {
        this.number = number;
        this.cef = cef;
    }

    int priority() {
        return FACILITY * 8 + number;
    }

    /** 0 to 10, the most severe. */
    int cef() {
        return cef;
    }

    static SyslogSeverity of(Event e) {
        return switch (e.type()) {
            case ALERT -> e.judgement().verdict() != Verdict.DENY
                    ? NOTICE
                    : e.alert().severity() == 1 ? CRITICAL : WARNING;
            case DROP -> WARNING;
            case MANAGEMENT -> NOTICE;
            case MODBUS, OPCUA, FLOW, STATS, OTHER -> INFORMATIONAL;
        };
    }

    static SyslogSeverity of(Alert alert) {
        return switch (alert.severity()) {
            case HIGH -> ALERT;
            case MEDIUM -> WARNING;
            case LOW -> NOTICE;
        };
    }
}
