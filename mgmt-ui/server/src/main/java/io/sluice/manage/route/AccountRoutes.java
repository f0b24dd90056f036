package io.sluice.manage.route;

import io.sluice.manage.Refused;
import io.sluice.manage.http.Answer;
import io.sluice.manage.http.Call;
import io.sluice.manage.http.Json;
import io.sluice.manage.http.Operations;
import io.sluice.manage.identity.Accounts;
import io.sluice.manage.identity.OwnAccount;
import io.sluice.manage.identity.Session;
import io.sluice.manage.identity.Sessions;
import io.sluice.manage.identity.Totp;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a person may change of its own account. */
public final class AccountRoutes implements Operations.Part {
    private final Accounts accounts;
    private final Sessions sessions;
    private final OwnAccount own;

    public AccountRoutes(Accounts accounts, Sessions sessions, OwnAccount own) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.own = own;
    }

    @Override
    public void register(Operations operations) {
        operations.on("changePassword", this::changePassword).on("beginTotp", this::beginTotp)
                .on("confirmTotp", this::confirmTotp).on("removeTotp", this::removeTotp)
                .on("listOwnSessions", this::list).on("endOwnSession", this::end).on("setPreferences", this::prefer);
    }

    private record PasswordChange(String old, @com.fasterxml.jackson.annotation.JsonProperty("new") String wanted) {}

    private Answer changePassword(Call call) throws Refused {
        PasswordChange change = call.body(PasswordChange.class);
        own.changePassword(call.session(), change.old(), change.wanted(), call.from());
        return Answer.done();
    }

    private record PasswordOnly(String password) {}

    private record TotpSecret(String secret, String uri) {}

    private Answer beginTotp(Call call) throws Refused {
        String secret = own.beginTotp(call.session(), call.body(PasswordOnly.class).password(), call.from());
        return Answer.ok(new TotpSecret(secret, Totp.uri(secret, call.who(), "Sluice")));
    }

    private record Code(String code) {}

    private record RecoveryCodes(List<String> codes) {}

    private Answer confirmTotp(Call call) throws Refused {
        return Answer.ok(new RecoveryCodes(own.confirmTotp(call.session(), call.body(Code.class).code(), call.from())));
    }

    private Answer removeTotp(Call call) throws Refused {
        own.removeTotp(call.session(), call.body(PasswordOnly.class).password(), call.from());
        return Answer.done();
    }

    private record OwnSession(String id, String address, String agent, String begun, String lastSeen,
            boolean current) {}

    private Answer list(Call call) {
        return Answer.ok(sessions.of(call.who()).stream().map(s -> view(s, call.session())).toList());
    }

    private static OwnSession view(Session s, Session current) {
        return new OwnSession(s.id(), s.address(), s.agent(), Json.time(s.begun()), Json.time(s.lastSeen()),
                s.id().equals(current.id()));
    }

    private Answer end(Call call) throws Refused {
        if (!sessions.endById(call.who(), call.text("id"))) {
            throw Refused.notFound("this account has no such session any more");
        }
        return Answer.done();
    }

    private record Preferences(@Nullable String language, @Nullable String theme) {}

    private Answer prefer(Call call) throws Refused {
        Preferences wanted = call.body(Preferences.class);
        accounts.prefer(call.who(),
                Optional.ofNullable(wanted.language()).or(() -> call.session().account().language()),
                Optional.ofNullable(wanted.theme()).or(() -> call.session().account().theme()));
        return Answer.done();
    }
}
