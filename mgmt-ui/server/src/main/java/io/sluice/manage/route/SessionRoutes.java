package io.sluice.manage.route;

import io.sluice.manage.Refused;
import io.sluice.manage.http.Answer;
import io.sluice.manage.http.Answer.Cookie;
import io.sluice.manage.http.Call;
import io.sluice.manage.http.Json;
import io.sluice.manage.http.Operations;
import io.sluice.manage.http.SessionCookie;
import io.sluice.manage.identity.Account;
import io.sluice.manage.identity.Accounts;
import io.sluice.manage.identity.Invitations;
import io.sluice.manage.identity.Role;
import io.sluice.manage.identity.Session;
import io.sluice.manage.identity.Sessions;
import io.sluice.manage.identity.Sessions.Begun;
import io.sluice.manage.identity.SignIn;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Signing in and out, and the first account. */
public final class SessionRoutes implements Operations.Part {
    private final Accounts accounts;
    private final Sessions sessions;
    private final SignIn signIn;
    private final Invitations invitations;
    private final Surroundings around;

    /**
     * What pages want to know of the server.
     *
     * @param providers names of identity providers
     */
    public record Surroundings(List<String> providers, boolean secondFactorDemanded, String version,
            InstantSource clock) {}

    public SessionRoutes(Accounts accounts, Sessions sessions, SignIn signIn, Invitations invitations,
            Surroundings around) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.signIn = signIn;
        this.invitations = invitations;
        this.around = around;
    }

    @Override
    public void register(Operations operations) {
        operations.on("getSetup", _ -> Answer.ok(new SetupView(accounts.none()))).on("setUp", this::setUp)
                .on("getSession", call -> Answer.ok(view(call.found()))).on("signIn", this::signIn)
                .on("signInWithCode", this::code).on("signOut", this::signOut)
                .on("setPasswordByLink", this::setPassword);
    }

    private record SetupView(boolean needed) {}

    private record SetupRequest(String token, String user, @Nullable String name, String password) {}

    private Answer setUp(Call call) throws Refused {
        SetupRequest wanted = call.body(SetupRequest.class);
        return begun(invitations.setUp(wanted.token(), wanted.user(), wanted.name() == null ? "" : wanted.name(),
                wanted.password(), call.from()));
    }

    private record Credentials(String user, String password) {}

    private Answer signIn(Call call) throws Refused {
        Credentials given = call.body(Credentials.class);
        Begun begun = signIn.byPassword(given.user(), given.password(), call.from());
        if (call.found().isPresent()) {
            sessions.end(call.token());
        }
        return begun(begun);
    }

    private record Code(String code) {}

    private Answer code(Call call) throws Refused {
        Session halfWay = call.found().filter(Session::halfWay).orElseThrow(() -> Refused.of(401, "not-signed-in",
                "sign in with name and password first"));
        return begun(signIn.byCode(call.token(), halfWay, call.body(Code.class).code(), call.from()));
    }

    private Answer signOut(Call call) {
        sessions.end(call.token());
        return new Answer.Done(List.of(SessionCookie.none()));
    }

    private record PasswordByLink(String token, String password) {}

    private Answer setPassword(Call call) throws Refused {
        PasswordByLink wanted = call.body(PasswordByLink.class);
        invitations.setPassword(wanted.token(), wanted.password(), call.from());
        return Answer.done();
    }

    private Answer begun(Begun begun) {
        List<Cookie> cookies = List.of(SessionCookie.of(begun.token()));
        return new Answer.Value(200, view(Optional.of(begun.session())), cookies);
    }

    private record Preferences(@Nullable String language, @Nullable String theme) {}

    private record SessionView(boolean signedIn, boolean codeNeeded, boolean setupNeeded, @Nullable String user,
            @Nullable String name, @Nullable List<String> roles, @Nullable String csrf, @Nullable Boolean totp,
            @Nullable Boolean totpDemanded, @Nullable Preferences preferences, List<String> providers,
            String serverTime, String timeZone, String version) {}

    private SessionView view(Optional<Session> session) {
        String now = Json.time(around.clock().instant());
        String zone = ZoneId.systemDefault().getId();
        if (session.isEmpty()) {
            return new SessionView(false, false, accounts.none(), null, null, null, null, null, null, null,
                    around.providers(), now, zone, around.version());
        }
        Session known = session.get();
        Account account = known.account();
        if (known.halfWay()) {
            return new SessionView(false, true, false, account.id(), null, null, known.csrf(), null, null, null,
                    around.providers(), now, zone, around.version());
        }
        boolean demanded = around.secondFactorDemanded() && account.password().isPresent() && !account.hasTotp();
        return new SessionView(true, false, false, account.id(), account.name(), Role.words(account.roles()),
                known.csrf(), account.hasTotp(), demanded,
                new Preferences(account.language().orElse(null), account.theme().orElse(null)), around.providers(), now,
                zone, around.version());
    }
}
