package io.sluice.manage.jump;

import io.sluice.manage.Diary;
import io.sluice.manage.Refused;
import io.sluice.manage.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** SSH public keys of accounts. */
public final class OwnKeys {
    private static final int MOST = 20;
    private static final int LONGEST_NAME = 100;

    private final Store store;
    private final Diary diary;
    private final InstantSource clock;

    public OwnKeys(Store store, Diary diary, InstantSource clock) {
        this.store = store;
        this.diary = diary;
        this.clock = clock;
    }

    /** A key that an account may connect by. */
    public record Key(String id, String name, String type, String fingerprint, Instant added,
            Optional<Instant> lastUsed) {}

    public List<Key> of(String account) {
        return store.ask(h -> h.createQuery("select * from ssh_key where account = :account order by added")
                .bind("account", account).map((row, _) -> read(row)).list());
    }

    /**
     * Adds one.
     *
     * @param line of a public key file
     * @param name empty: the comment in the line
     */
    public Key add(String account, String line, String name, String address) throws Refused {
        SshKeys.Line key = SshKeys.read(line);
        List<Key> known = of(account);
        if (known.stream().anyMatch(k -> k.fingerprint().equals(key.fingerprint()))) {
            throw Refused.conflict("taken", "this key is there already");
        }
        if (known.size() >= MOST) {
            throw Refused.conflict("too-many", "an account has " + MOST + " keys at most; remove one first");
        }
        String called = name.isBlank() ? key.comment().isBlank() ? key.type() : key.comment() : name.strip();
        Key added = new Key(UUID.randomUUID().toString(), called.substring(0, Math.min(called.length(), LONGEST_NAME)),
                key.type(), key.fingerprint(), Instant.ofEpochMilli(clock.millis()), Optional.empty());
        store.change(h -> h.createUpdate("insert into ssh_key (id, account, name, type, fingerprint, added)"
                + " values (:id, :account, :name, :type, :fingerprint, :added)").bind("id", added.id())
                .bind("account", account).bind("name", added.name()).bind("type", added.type())
                .bind("fingerprint", added.fingerprint()).bind("added", added.added().toEpochMilli()).execute());
        diary.note("key-added", account, Map.of("key", added.fingerprint(), "address", address));
        return added;
    }

    public void remove(String account, String id, String address) throws Refused {
        int removed = store.ask(h -> h.createUpdate("delete from ssh_key where account = :account and id = :id")
                .bind("account", account).bind("id", id).execute());
        if (removed == 0) {
            throw Refused.notFound("this account has no such key");
        }
        diary.note("key-removed", account, Map.of("key", id, "address", address));
    }

    boolean knows(String account, String fingerprint) {
        return of(account).stream().anyMatch(k -> k.fingerprint().equals(fingerprint));
    }

    void used(String account, String fingerprint) {
        store.change(h -> h.createUpdate("update ssh_key set last_used = :at where account = :account"
                + " and fingerprint = :fingerprint").bind("at", clock.millis()).bind("account", account)
                .bind("fingerprint", fingerprint).execute());
    }

    private static Key read(ResultSet row) throws SQLException {
        long used = row.getLong("last_used");
        Optional<Instant> lastUsed = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(used));
        return new Key(row.getString("id"), row.getString("name"), row.getString("type"), row.getString("fingerprint"),
                Instant.ofEpochMilli(row.getLong("added")), lastUsed);
    }
}
