package io.sluice.manage.identity;

import java.time.Instant;

/** What an authenticator app shows. */
public final class TotpCodes {
    private TotpCodes() {}

    public static String at(String secret, Instant when) {
        return Totp.code(secret, when.getEpochSecond() / Totp.STEP_SECONDS);
    }
}
