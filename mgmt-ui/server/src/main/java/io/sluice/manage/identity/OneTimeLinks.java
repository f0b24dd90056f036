package io.sluice.manage.identity;

import io.sluice.manage.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Links that work once: to make the first account, or to set a password. The store knows only their hashes. */
public final class OneTimeLinks {
    private static final Duration PASSWORD_LIFE = Duration.ofDays(3);
    /** The link of the first start is valid until it is used, or a later start prints another. */
    private static final Instant NEVER = Instant.ofEpochMilli(Long.MAX_VALUE / 2);

    private final Store store;
    private final InstantSource clock;

    public OneTimeLinks(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** A link's token, and when it stops to work. */
    public record Link(String token, Instant expires) {}

    /** The one that makes the first account; the one before, if any, is void. */
    public Link setup() {
        String token = Secrets.token();
        store.change(h -> {
            h.execute("delete from one_time_link where account is null");
            h.createUpdate("insert into one_time_link (token_hash, expires) values (:hash, :expires)")
                    .bind("hash", Secrets.hash(token)).bind("expires", NEVER.toEpochMilli()).execute();
        });
        return new Link(token, NEVER);
    }

    /** One to set an account's password; earlier ones are void. */
    public Link password(String account) {
        String token = Secrets.token();
        Instant expires = clock.instant().plus(PASSWORD_LIFE);
        store.change(h -> {
            h.createUpdate("delete from one_time_link where account = :account").bind("account", account).execute();
            h.createUpdate("insert into one_time_link (token_hash, account, expires) values (:hash, :account,"
                    + " :expires)").bind("hash", Secrets.hash(token)).bind("account", account)
                    .bind("expires", expires.toEpochMilli()).execute();
        });
        return new Link(token, expires);
    }

    boolean isSetup(String token) {
        return store.ask(h -> h.createQuery("select count(*) from one_time_link where token_hash = :hash and account is"
                + " null").bind("hash", Secrets.hash(token)).mapTo(Integer.class).one()) == 1;
    }

    /** The account that a link is for, while it works. */
    Optional<String> account(String token) {
        return store.ask(h -> h.createQuery("select account from one_time_link where token_hash = :hash and account is"
                + " not null and expires > :now").bind("hash", Secrets.hash(token)).bind("now", clock.millis())
                .mapTo(String.class).findOne());
    }

    /** {@return false where somebody else has just used it} */
    boolean use(String token) {
        return store.ask(h -> h.createUpdate("delete from one_time_link where token_hash = :hash")
                .bind("hash", Secrets.hash(token)).execute()) == 1;
    }
}
