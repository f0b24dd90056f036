package io.sluice.manage.identity;

import io.sluice.manage.identity.Account.Origin;
import io.sluice.manage.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** The accounts in the store. What may be done by whom is not decided here. */
public final class Accounts {
    private final Store store;

    public Accounts(Store store) {
        this.store = store;
    }

    public boolean none() {
        return store.ask(h -> h.createQuery("select count(*) from account").mapTo(Integer.class).one()) == 0;
    }

    public Optional<Account> find(String id) {
        return store.ask(h -> find(h, id));
    }

    static Optional<Account> find(Handle h, String id) {
        return h.createQuery("select * from account where id = :id").bind("id", id).map((row, _) -> read(row))
                .findOne();
    }

    public List<Account> all() {
        return store.ask(h -> h.createQuery("select * from account order by id").map((row, _) -> read(row)).list());
    }

    /** {@return false where the id is taken} */
    public boolean add(String id, String name, Set<Role> roles, Origin origin) {
        return store.ask(h -> {
            if (find(h, id).isPresent()) {
                return false;
            }
            h.createUpdate("insert into account (id, name, roles, enabled, origin, totp_step, failures, locked_until)"
                    + " values (:id, :name, :roles, 1, :origin, 0, 0, 0)").bind("id", id).bind("name", name)
                    .bind("roles", Role.text(roles)).bind("origin", origin.name().toLowerCase(Locale.ROOT)).execute();
            return true;
        });
    }

    public void change(String id, String name, Set<Role> roles, boolean enabled) {
        store.change(h -> h.createUpdate("update account set name = :name, roles = :roles, enabled = :enabled"
                + " where id = :id").bind("id", id).bind("name", name).bind("roles", Role.text(roles))
                .bind("enabled", enabled ? 1 : 0).execute());
    }

    /**
     * Says to which groups somebody belongs from now on.
     *
     * @param groups names without commas
     */
    public void setGroups(String id, Set<String> groups) {
        store.change(h -> h.createUpdate("update account set group_names = :groups where id = :id").bind("id", id)
                .bind("groups", String.join(",", new TreeSet<>(groups))).execute());
    }

    public void remove(String id) {
        store.change(h -> {
            for (String table : List.of("recovery_code", "login_session", "one_time_link", "policy_draft", "ssh_key")) {
                h.createUpdate("delete from " + table + " where account = :id").bind("id", id).execute();
            }
            h.createUpdate("delete from account where id = :id").bind("id", id).execute();
        });
    }

    void setPassword(String id, String hash) {
        store.change(h -> h.createUpdate("update account set password = :hash, failures = 0, locked_until = 0"
                + " where id = :id").bind("id", id).bind("hash", hash).execute());
    }

    void failed(String id, int failures, long lockedUntil) {
        store.change(
                h -> h.createUpdate("update account set failures = :failures, locked_until = :until where id = :id")
                        .bind("id", id).bind("failures", failures).bind("until", lockedUntil).execute());
    }

    public void unlock(String id) {
        failed(id, 0, 0);
    }

    void signedIn(String id, long at) {
        store.change(h -> h.createUpdate("update account set failures = 0, locked_until = 0, last_sign_in = :at"
                + " where id = :id").bind("id", id).bind("at", at).execute());
    }

    /** Takes a step as used, unless it or a later one was used already, perhaps at this very moment. */
    boolean useStep(String id, long step) {
        return store
                .ask(h -> h.createUpdate("update account set totp_step = :step where id = :id and totp_step < :step")
                        .bind("id", id).bind("step", step).execute()) == 1;
    }

    void beginTotp(String id, String secret) {
        store.change(
                h -> h.createUpdate("update account set totp_sealed_pending = :secret where id = :id").bind("id", id)
                        .bind("secret", secret).execute());
    }

    Optional<String> pendingTotp(String id) {
        return store
                .ask(h -> h.createQuery("select totp_sealed_pending from account where id = :id"
                        + " and totp_sealed_pending is not null")
                        .bind("id", id).mapTo(String.class).findOne());
    }

    /** The pending secret counts from now on, with these codes for the day the phone is lost. */
    void confirmTotp(String id, long step, List<String> recoveryHashes) {
        store.change(h -> {
            h.createUpdate("update account set totp_sealed = totp_sealed_pending, totp_sealed_pending = null,"
                    + " totp_step = :step where id = :id").bind("id", id).bind("step", step).execute();
            h.createUpdate("delete from recovery_code where account = :id").bind("id", id).execute();
            for (String hash : recoveryHashes) {
                h.createUpdate("insert into recovery_code (account, hash) values (:id, :hash)").bind("id", id)
                        .bind("hash", hash).execute();
            }
        });
    }

    void removeTotp(String id) {
        store.change(h -> {
            h.createUpdate("update account set totp_sealed = null, totp_sealed_pending = null where id = :id")
                    .bind("id", id)
                    .execute();
            h.createUpdate("delete from recovery_code where account = :id").bind("id", id).execute();
        });
    }

    /** Each code counts once. */
    boolean useRecoveryCode(String id, String hash) {
        return store.ask(h -> h.createUpdate("delete from recovery_code where account = :id and hash = :hash")
                .bind("id", id).bind("hash", hash).execute()) == 1;
    }

    public void prefer(String id, Optional<String> language, Optional<String> theme) {
        store.change(h -> h.createUpdate("update account set language = :language, theme = :theme where id = :id")
                .bind("id", id).bind("language", language.orElse(null)).bind("theme", theme.orElse(null)).execute());
    }

    private static Set<String> groups(String text) {
        return text.isEmpty() ? Set.of() : Set.of(text.split(",", -1));
    }

    static Account read(ResultSet row) throws SQLException {
        long last = row.getLong("last_sign_in");
        Optional<Long> lastSignIn = row.wasNull() ? Optional.empty() : Optional.of(last);
        return new Account(row.getString("id"), row.getString("name"), Role.parse(row.getString("roles")),
                groups(row.getString("group_names")), row.getInt("enabled") != 0,
                Origin.valueOf(row.getString("origin").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.getString("password")), Optional.ofNullable(row.getString("totp_sealed")),
                row.getLong("totp_step"), row.getInt("failures"), row.getLong("locked_until"), lastSignIn,
                Optional.ofNullable(row.getString("language")), Optional.ofNullable(row.getString("theme")));
    }
}
