package io.sluice.manage.route;

import io.sluice.manage.Refused;
import io.sluice.manage.http.Answer;
import io.sluice.manage.http.Call;
import io.sluice.manage.http.Json;
import io.sluice.manage.http.Operations;
import io.sluice.manage.identity.Account;
import io.sluice.manage.identity.OneTimeLinks.Link;
import io.sluice.manage.identity.Role;
import io.sluice.manage.identity.Users;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Accounts of others, for administrators. */
public final class UserRoutes implements Operations.Part {
    private final Users users;
    private final InstantSource clock;

    public UserRoutes(Users users, InstantSource clock) {
        this.users = users;
        this.clock = clock;
    }

    @Override
    public void register(Operations operations) {
        operations.on("listUsers", _ -> Answer.ok(users.all().stream().map(this::view).toList()))
                .on("addUser", this::add).on("changeUser", this::change).on("removeUser", this::remove)
                .on("makePasswordLink", call -> Answer.ok(view(users.link(call.who(), call.text("user")), call)));
    }

    private record NewUser(String user, @Nullable String name, List<String> roles, @Nullable Set<String> groups) {}

    private Answer add(Call call) throws Refused {
        NewUser wanted = call.body(NewUser.class);
        Link link = users.add(call.who(), wanted.user(), wanted.name() == null ? "" : wanted.name(),
                Role.ofWords(wanted.roles()), wanted.groups() == null ? Set.of() : wanted.groups());
        return Answer.made(201, view(link, call));
    }

    private record UserChange(@Nullable String name, @Nullable List<String> roles, @Nullable Set<String> groups,
            @Nullable Boolean enabled, @Nullable Boolean unlock) {}

    private Answer change(Call call) throws Refused {
        UserChange wanted = call.body(UserChange.class);
        return Answer.ok(view(users.change(call.who(), call.text("user"), new Users.Change(
                Optional.ofNullable(wanted.name()), Optional.ofNullable(wanted.roles()).map(Role::ofWords),
                Optional.ofNullable(wanted.groups()), Optional.ofNullable(wanted.enabled()),
                Boolean.TRUE.equals(wanted.unlock())))));
    }

    private Answer remove(Call call) throws Refused {
        users.remove(call.who(), call.text("user"));
        return Answer.done();
    }

    private record OneTimeLink(String link, String expires) {}

    /** Behind `#`, so that no log and no referrer ever has the token. */
    private static OneTimeLink view(Link link, Call call) {
        return new OneTimeLink(call.site() + "/password#" + link.token(), Json.time(link.expires()));
    }

    private record UserView(String user, String name, List<String> roles, List<String> groups, boolean enabled,
            boolean totp, String origin, boolean passwordSet, @Nullable String lastSignIn,
            @Nullable String lockedUntil) {}

    private UserView view(Account a) {
        return new UserView(a.id(), a.name(), Role.words(a.roles()), a.groups().stream().sorted().toList(), a.enabled(),
                a.hasTotp(), a.origin().name().toLowerCase(Locale.ROOT), a.password().isPresent(),
                a.lastSignIn().map(Json::time).orElse(null),
                a.lockedUntil() > clock.millis() ? Json.time(a.lockedUntil()) : null);
    }
}
