package io.sluice.manage.http;

import io.sluice.manage.http.Answer.Cookie;

/** The cookie that keeps a session in the browser. */
public final class SessionCookie {
    private SessionCookie() {}

    public static Cookie of(String token) {
        return new Cookie(Gate.COOKIE, token, false);
    }

    /** Takes it away. */
    public static Cookie none() {
        return new Cookie(Gate.COOKIE, "", false);
    }
}
