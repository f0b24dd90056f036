package io.sluice.manage.http;

import io.sluice.manage.Refused;
import io.sluice.manage.http.Contract.Operation;
import io.sluice.manage.identity.Role;
import io.sluice.manage.identity.Secrets;
import io.sluice.manage.identity.Session;
import io.sluice.manage.identity.Sessions;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides, before anything of a request's body is read, whether it may be served. */
final class Gate {
    static final String COOKIE = "__Host-sluice";
    static final String CSRF = "X-Sluice-Csrf";
    private static final String ANYONE = "anyone";
    private static final String SIGNED_IN = "signed-in";
    private static final String METRICS = "metrics";
    /** Operations that guess at secrets are slower still. */
    private static final Set<String> GUESSES = Set.of("signIn", "signInWithCode", "setUp", "setPasswordByLink",
            "changePassword", "beginTotp", "removeTotp", "confirmTotp");
    /** What somebody needs whose session waits for the code, or who must set up a second factor first. */
    private static final Set<String> OWN_PAGES = Set.of("signOut", "changePassword", "beginTotp", "confirmTotp",
            "removeTotp", "listOwnSessions", "endOwnSession", "setPreferences");
    /** The identity provider leads here from its own site. */
    private static final Set<String> FROM_ELSEWHERE = Set.of("signedInByProvider");

    private final Sessions sessions;
    private final boolean secondFactorDemanded;
    private final Optional<String> metricsToken;
    private final Rates rates;
    private final Rates guesses;

    /** How often one address may ask, and may guess. */
    record Limits(int burst, double perSecond, int guessBurst, double guessesPerSecond) {
        static final Limits DEFAULT = new Limits(400, 100, 20, 0.5);
    }

    Gate(Sessions sessions, boolean secondFactorDemanded, Optional<String> metricsToken, Limits limits,
            InstantSource clock) {
        this.sessions = sessions;
        this.secondFactorDemanded = secondFactorDemanded;
        this.metricsToken = metricsToken;
        rates = new Rates(limits.burst(), limits.perSecond(), clock);
        guesses = new Rates(limits.guessBurst(), limits.guessesPerSecond(), clock);
    }

    /**
     * What is known of a request before its body is read.
     *
     * @param headers by their names in small letters
     */
    record Asked(Operation operation, String address, String site, Map<String, String> headers,
            Map<String, String> cookies) {
        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name.toLowerCase(java.util.Locale.ROOT)));
        }

        String token() {
            return cookies.getOrDefault(COOKIE, "");
        }
    }

    /** {@return the session, if there is one} */
    Optional<Session> pass(Asked asked) throws Refused {
        rates.take(asked.address());
        requireOwnSite(asked);
        Set<String> roles = asked.operation().roles();
        if (roles.contains(METRICS)) {
            requireToken(asked);
            return Optional.empty();
        }
        Optional<Session> session = asked.token().isEmpty() ? Optional.empty() : sessions.find(asked.token());
        if (!roles.contains(ANYONE)) {
            requireRole(asked.operation(), session);
        }
        if (asked.operation().changes() && session.isPresent() && !isSignIn(asked.operation())) {
            requireCsrf(asked, session.get());
        }
        if (GUESSES.contains(asked.operation().id())) {
            guesses.take(asked.address());
        }
        return session;
    }

    /** A session that is there already has no part in signing in anew. */
    private static boolean isSignIn(Operation operation) {
        return operation.roles().contains(ANYONE) && !operation.id().equals("signInWithCode");
    }

    /** Fetch Metadata and Origin (RFC 6454): browsers say where a request comes from, and other programs say nothing. */
    private static void requireOwnSite(Asked asked) throws Refused {
        String fetched = asked.header("Sec-Fetch-Site").orElse("same-origin");
        boolean allowed = fetched.equals("same-origin") || (fetched.equals("none") && !asked.operation().changes())
                || FROM_ELSEWHERE.contains(asked.operation().id());
        String origin = asked.header("Origin").orElse(asked.site());
        if (!allowed || !origin.equals(asked.site())) {
            throw Refused.of(403, "other-site", "this request comes from another site than this server's own pages");
        }
    }

    private void requireToken(Asked asked) throws Refused {
        if (metricsToken.isEmpty()) {
            throw Refused.notFound("metrics are off; set `metrics: {token_file: …}` in the settings");
        }
        String given = asked.header("Authorization").orElse("");
        if (!given.startsWith("Bearer ") || !Secrets.equal(given.substring("Bearer ".length()), metricsToken.get())) {
            throw Refused.of(401, "not-signed-in",
                    "metrics need `Authorization: Bearer` with the token of the settings");
        }
    }

    private void requireRole(Operation operation, Optional<Session> session) throws Refused {
        if (session.isEmpty() || session.get().halfWay()) {
            throw Refused.of(401, "not-signed-in", "sign in first");
        }
        Session known = session.get();
        if (demandsTotp(known) && !OWN_PAGES.contains(operation.id())) {
            throw Refused.of(403, "second-factor-missing", "set up a second factor first, on the page of your account");
        }
        Set<Role> needed = Role.ofWords(operation.roles());
        if (!operation.roles().contains(SIGNED_IN) && needed.stream().noneMatch(known.account()::has)) {
            throw Refused.of(403, "role-missing", "this needs one of these roles: " + String.join(", ",
                    Role.words(needed)) + "; ask an administrator");
        }
    }

    /** Whether the settings demand a second factor that is not there. */
    boolean demandsTotp(Session session) {
        return secondFactorDemanded && session.account().password().isPresent() && !session.account().hasTotp();
    }

    private static void requireCsrf(Asked asked, Session session) throws Refused {
        if (!Secrets.equal(asked.header(CSRF).orElse(""), session.csrf())) {
            throw Refused.of(403, "csrf", "the request lacks the session's `csrf` value in the header " + CSRF
                    + "; load the page again");
        }
    }
}
