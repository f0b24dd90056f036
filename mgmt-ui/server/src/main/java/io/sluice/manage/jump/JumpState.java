package io.sluice.manage.jump;

import java.util.Locale;

/** Where a session is in its life. */
public enum JumpState {
    PENDING,
    DENIED,
    EXPIRED,
    WITHDRAWN,
    /** Approved, and not begun. */
    SCHEDULED,
    /** May be connected. */
    OPEN,
    CONNECTED,
    ENDED;

    public boolean isOver() {
        return switch (this) {
            case DENIED, EXPIRED, WITHDRAWN, ENDED -> true;
            case PENDING, SCHEDULED, OPEN, CONNECTED -> false;
        };
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
