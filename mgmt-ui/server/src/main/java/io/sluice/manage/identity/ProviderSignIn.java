package io.sluice.manage.identity;

import io.sluice.manage.Diary;
import io.sluice.manage.Refused;
import io.sluice.manage.identity.Sessions.Begun;
import io.sluice.manage.identity.SignIn.From;
import io.sluice.manage.settings.ManageSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.oauth2.OAuth2Auth;
import io.vertx.ext.auth.oauth2.OAuth2AuthorizationURL;
import io.vertx.ext.auth.oauth2.OAuth2FlowType;
import io.vertx.ext.auth.oauth2.OAuth2Options;
import io.vertx.ext.auth.oauth2.Oauth2Credentials;
import io.vertx.ext.auth.oauth2.providers.OpenIDConnectAuth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Signing in by an identity provider: OpenID Connect Core 1.0 §3.1, authorization code flow, with PKCE (RFC 7636), state and
 * nonce. The provider is met when the first person signs in, so that this server starts without it.
 */
public final class ProviderSignIn implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 15;
    private static final long PENDING_MILLIS = 10 * 60_000;
    private static final int MOST_PENDING = 1_000;
    private static final String CALLBACK = "/api/session/oidc/callback";

    private final ManageSettings.Provider provider;
    private final String secret;
    private final ProviderAccounts accounts;
    private final SignIn signIn;
    private final Diary diary;
    private final InstantSource clock;
    private final Vertx vertx;
    private final Map<String, Pending> pending = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Pending> eldest) {
            return size() > MOST_PENDING;
        }
    };
    private @Nullable OAuth2Auth met;

    /** Somebody who is at the provider just now. */
    private record Pending(String verifier, String nonce, String callback, long since) {}

    /** Where to lead a browser, and what it is to bring back. */
    public record Way(String location, String state) {}

    /** @throws IOException the client's secret cannot be read */
    public ProviderSignIn(ManageSettings.Provider provider, ProviderAccounts accounts, SignIn signIn, Diary diary,
            InstantSource clock)
            throws IOException {
        this.provider = provider;
        this.accounts = accounts;
        this.signIn = signIn;
        this.diary = diary;
        this.clock = clock;
        secret = provider.secretFile().isPresent() ? Files.readString(provider.secretFile().get()).strip() : "";
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1).setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false).setFileCachingEnabled(false)));
    }

    /**
     * The way to the provider.
     *
     * @param site how the browser reached this server
     */
    public Way begin(String site) throws Refused {
        OAuth2Auth auth = meet();
        String state = Secrets.token();
        Pending now = new Pending(Secrets.token(), Secrets.token(), site + CALLBACK, clock.millis());
        synchronized (pending) {
            pending.put(state, now);
        }
        String location = auth.authorizeURL(new OAuth2AuthorizationURL().setRedirectUri(now.callback())
                .addScope("openid").addScope("profile").addScope("email").setState(state)
                .setCodeChallenge(challenge(now.verifier())).setCodeChallengeMethod("S256")
                .putAdditionalParameter("nonce", now.nonce()));
        return new Way(location, state);
    }

    /**
     * The browser is back.
     *
     * @param kept the state that this browser was given, from its cookie
     */
    public Begun end(String code, String state, String kept, String error, From from) throws Refused {
        Pending was;
        synchronized (pending) {
            was = pending.remove(state);
        }
        if (was == null || !Secrets.equal(state, kept) || clock.millis() - was.since() > PENDING_MILLIS) {
            throw Refused.of(403, "wrong-state", "this sign-in was not begun in this browser, or took too long; begin"
                    + " again");
        }
        if (!error.isEmpty() || code.isEmpty()) {
            throw Refused.of(403, "provider-refused", "the identity provider did not let you in"
                    + (error.matches("[a-z_]{1,40}") ? ": `" + error + "`" : ""));
        }
        JsonObject claims = claims(was, code);
        if (!Secrets.equal(was.nonce(), claims.getString("nonce", ""))) {
            throw Refused.of(403, "wrong-nonce", "the identity provider's answer belongs to another sign-in; begin"
                    + " again");
        }
        Optional<Account> account = accounts.of(claims, provider);
        if (account.isEmpty()) {
            diary.note("login-failed", claims.getString("sub", "?"), Map.of("address", from.address(), "wrong",
                    "no role at the identity provider"));
            throw Refused.of(403, "role-missing", "you have no role here; ask an administrator to which group of the"
                    + " identity provider you should belong");
        }
        return signIn.vouched(account.get(), from, "identity provider");
    }

    private JsonObject claims(Pending was, String code) throws Refused {
        Oauth2Credentials credentials = new Oauth2Credentials().setFlow(OAuth2FlowType.AUTH_CODE).setCode(code)
                .setRedirectUri(was.callback()).setCodeVerifier(was.verifier());
        var user = wait(meet().authenticate(credentials), "the identity provider's answer is not accepted");
        JsonObject claims = user.attributes().getJsonObject("idToken");
        if (claims == null || claims.getString("sub", "").isEmpty()) {
            throw Refused.of(403, "provider-refused", "the identity provider did not say who you are");
        }
        return claims;
    }

    private synchronized OAuth2Auth meet() throws Refused {
        OAuth2Auth known = met;
        if (known == null) {
            known = wait(OpenIDConnectAuth.discover(vertx, new OAuth2Options().setClientId(provider.client())
                    .setClientSecret(secret.isEmpty() ? null : secret).setSite(provider.issuer())),
                    "the identity provider at `" + provider.issuer() + "` does not answer");
            met = known;
        }
        return known;
    }

    private static <T> T wait(Future<T> future, String trouble) throws Refused {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw Refused.unavailable("provider-unreachable", trouble + "; sign in with a password, or try again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refused.unavailable("stopping", "the server is stopping");
        }
    }

    /** RFC 7636 §4.2. */
    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    @Override
    public void close() {
        vertx.close();
    }
}
