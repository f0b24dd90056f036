package io.sluice.manage.identity;

import io.sluice.manage.settings.ManageSettings;
import io.sluice.manage.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Who is signed in. A browser holds 256 random bits, the store their hash, so that a copy of the database opens nothing. A
 * session ends by sign-out, after a time without requests, after a time in all, and when its account may do less than before.
 */
public final class Sessions {
    private static final long HALF_WAY_MILLIS = 5 * 60_000;
    /** When a session was last used is written down no more often than this. */
    private static final long TOUCH_MILLIS = 60_000;
    private static final int ADDRESS_LENGTH = 64;
    private static final int AGENT_LENGTH = 200;

    private final Store store;
    private final ManageSettings.Sessions limits;
    private final InstantSource clock;

    public Sessions(Store store, ManageSettings.Sessions limits, InstantSource clock) {
        this.store = store;
        this.limits = limits;
        this.clock = clock;
    }

    /** A new session, and what only the browser is to know of it. */
    public record Begun(String token, Session session) {}

    Begun begin(Account account, boolean halfWay, String address, String agent) {
        String token = Secrets.token();
        long now = clock.millis();
        Session session = new Session(Secrets.hash("id " + token).substring(0, 16), account, halfWay, csrf(token), now,
                now, shortened(address, ADDRESS_LENGTH), shortened(agent, AGENT_LENGTH));
        store.change(h -> {
            h.createUpdate("delete from login_session where last_seen < :idle or begun < :begun")
                    .bind("idle", now - limits.idle().toMillis()).bind("begun", now - limits.longest().toMillis())
                    .execute();
            bind(h.createUpdate("insert into login_session (token_hash, id, account, half_way, begun, last_seen,"
                    + " address, agent) values (:hash, :id, :account, :half, :now, :now, :address, :agent)"), session)
                    .bind("hash", Secrets.hash(token)).bind("now", now).execute();
        });
        return new Begun(token, session);
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Session session) {
        return statement.bind("id", session.id()).bind("account", session.account().id())
                .bind("half", session.halfWay() ? 1 : 0).bind("address", session.address())
                .bind("agent", session.agent());
    }

    /** The live session of a cookie's token. */
    public Optional<Session> find(String token) {
        String hash = Secrets.hash(token);
        long now = clock.millis();
        Optional<Session> found = store.ask(h -> h
                .createQuery("select s.id as session, s.half_way, s.begun, s.last_seen, s.address, s.agent, a.*"
                        + " from login_session s join account a on a.id = s.account where s.token_hash = :hash")
                .bind("hash", hash).map((row, _) -> read(row, csrf(token))).findOne());
        Optional<Session> live = found.filter(s -> lives(s, now));
        if (found.isPresent() && live.isEmpty()) {
            end(token);
        } else if (live.isPresent() && now - live.get().lastSeen() >= TOUCH_MILLIS) {
            store.change(h -> h.createUpdate("update login_session set last_seen = :now where token_hash = :hash")
                    .bind("now", now).bind("hash", hash).execute());
        }
        return live;
    }

    private boolean lives(Session s, long now) {
        return s.account().enabled() && now - s.begun() < (s.halfWay() ? HALF_WAY_MILLIS : limits.longest().toMillis())
                && now - s.lastSeen() < limits.idle().toMillis();
    }

    /** All live sessions of an account, latest first. */
    public List<Session> of(String account) {
        long now = clock.millis();
        return store.ask(h -> h
                .createQuery("select s.id as session, s.half_way, s.begun, s.last_seen, s.address, s.agent, a.*"
                        + " from login_session s join account a on a.id = s.account where s.account = :account"
                        + " and s.half_way = 0 order by s.begun desc")
                .bind("account", account).map((row, _) -> read(row, "")).list()).stream().filter(s -> lives(s, now))
                .toList();
    }

    public void end(String token) {
        store.change(h -> h.createUpdate("delete from login_session where token_hash = :hash")
                .bind("hash", Secrets.hash(token)).execute());
    }

    /** {@return false where this account has no such session} */
    public boolean endById(String account, String id) {
        return store.ask(h -> h.createUpdate("delete from login_session where account = :account and id = :id")
                .bind("account", account).bind("id", id).execute()) == 1;
    }

    /** All of an account's, but for one. */
    public void endAllBut(String account, String id) {
        store.change(h -> h.createUpdate("delete from login_session where account = :account and id <> :id")
                .bind("account", account).bind("id", id).execute());
    }

    public void endAll(String account) {
        endAllBut(account, "");
    }

    /** Derived from the token, which other sites never see. */
    private static String csrf(String token) {
        return Secrets.hash("csrf " + token).substring(0, 32);
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    private static Session read(ResultSet row, String csrf) throws SQLException {
        return new Session(row.getString("session"), Accounts.read(row), row.getInt("half_way") != 0, csrf,
                row.getLong("begun"), row.getLong("last_seen"), row.getString("address"), row.getString("agent"));
    }
}
