package io.sluice.manage.firewall;

import io.sluice.control.v1.PolicyChange;
import io.sluice.control.v1.PolicyChange.Why;
import io.sluice.manage.store.Store;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Why people applied policies, as they said when they did. The firewall's history has no place of its own for that: there the
 * reason stands behind the person's name, so that it is not lost with this server; here it stands alone.
 */
public final class PolicyNotes {
    private static final Set<Why> OF_APPLYING = EnumSet.of(Why.APPLY, Why.PENDING, Why.CONFIRM);
    /** The firewall takes its time from the same clock, but may be a moment ahead of the note. */
    private static final long SLACK_MILLIS = 5_000;
    private static final long NANOS = 1_000_000;
    private static final int MOST = 1_000;

    private final Store store;
    private final InstantSource clock;

    /**
     * A reason.
     *
     * @param who the account
     */
    public record Noted(String hash, long atMillis, String who, String note) {}

    public PolicyNotes(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Keeps the reason of an application that has just been made. */
    public void keep(String hash, String who, String note) {
        store.change(h -> {
            long at = clock.millis();
            h.createUpdate("delete from policy_note where hash = :hash and at = :at").bind("hash", hash).bind("at", at)
                    .execute();
            h.createUpdate("insert into policy_note (hash, at, who, note) values (:hash, :at, :who, :note)")
                    .bind("hash", hash).bind("at", at).bind("who", who).bind("note", note).execute();
            h.execute("delete from policy_note where at < (select coalesce(min(at), 0) from (select at from policy_note"
                    + " order by at desc limit " + MOST + ") newest)");
        });
    }

    public List<Noted> all() {
        return store.ask(h -> h.createQuery("select * from policy_note order by at").map((row, _) -> new Noted(
                row.getString("hash"), row.getLong("at"), row.getString("who"), row.getString("note"))).list());
    }

    /** The reason that belongs to a change of the firewall's history. */
    public static Optional<Noted> of(PolicyChange change, List<Noted> all) {
        return all.stream().filter(n -> OF_APPLYING.contains(change.getWhy()) && n.hash().equals(change.getHash())
                && n.atMillis() <= change.getAtNanos() / NANOS + SLACK_MILLIS)
                .max(Comparator.comparingLong(Noted::atMillis));
    }

    /** Who made a change, without the reason. */
    public static String who(PolicyChange change, Optional<Noted> noted) {
        return noted.filter(n -> change.getWho().startsWith(n.who() + ", ")).map(Noted::who).orElse(change.getWho());
    }
}
