package io.sluice.manage.jump;

import java.time.Instant;

/**
 * Somebody agreed.
 *
 * @param narrowed to less than there was
 * @param access what was agreed to
 * @param stepUp given while the session was open
 */
public record Approval(String who, Instant at, boolean narrowed, Access access, long durationSeconds, String note,
        boolean stepUp) {}
