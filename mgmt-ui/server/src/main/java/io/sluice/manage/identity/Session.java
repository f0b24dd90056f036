package io.sluice.manage.identity;

/**
 * One sign-in in one browser. Times are milliseconds since 1970-01-01T00:00Z.
 *
 * @param id names it without giving access to it
 * @param halfWay the password was right, and the code is missing
 * @param csrf what pages of this server know and other sites do not
 */
public record Session(String id, Account account, boolean halfWay, String csrf, long begun, long lastSeen,
        String address, String agent) {}
