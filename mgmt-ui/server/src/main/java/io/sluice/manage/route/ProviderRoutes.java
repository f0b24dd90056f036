package io.sluice.manage.route;

import io.sluice.manage.Refused;
import io.sluice.manage.http.Answer;
import io.sluice.manage.http.Answer.Cookie;
import io.sluice.manage.http.Call;
import io.sluice.manage.http.Operations;
import io.sluice.manage.http.SessionCookie;
import io.sluice.manage.identity.ProviderSignIn;
import io.sluice.manage.identity.Sessions.Begun;
import java.util.List;
import java.util.Optional;

/** Signing in by an identity provider, where one is configured. */
public final class ProviderRoutes implements Operations.Part {
    /** Comes back with the provider's redirect, which begins at another site: so it cannot be strict. */
    private static final String STATE = "__Host-sluice-oidc";

    private final Optional<ProviderSignIn> provider;
    private final Optional<String> site;

    /** @param site how browsers reach this server, where the settings say so */
    ProviderRoutes(Optional<ProviderSignIn> provider, Optional<String> site) {
        this.provider = provider;
        this.site = site;
    }

    @Override
    public void register(Operations operations) {
        operations.on("signInByProvider", this::begin).on("signedInByProvider", this::end);
    }

    private ProviderSignIn provider() throws Refused {
        return provider.orElseThrow(() -> Refused.notFound("no identity provider is configured; see `oidc` in the"
                + " settings"));
    }

    private Answer begin(Call call) throws Refused {
        ProviderSignIn.Way way = provider().begin(site.orElse(call.site()));
        return new Answer.Redirect(way.location(), List.of(new Cookie(STATE, way.state(), true)));
    }

    private Answer end(Call call) throws Refused {
        Begun begun = provider().end(call.text("code"), call.text("state"), call.cookies().getOrDefault(STATE, ""),
                call.text("error"), call.from());
        return new Answer.Redirect("/", List.of(SessionCookie.of(begun.token()), new Cookie(STATE, "", true)));
    }
}
