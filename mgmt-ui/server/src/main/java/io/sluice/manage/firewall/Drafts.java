package io.sluice.manage.firewall;

import io.sluice.manage.store.Store;
import java.time.InstantSource;
import java.util.Optional;

/** Changes of the policy that people have staged and not applied: one for each person. */
public final class Drafts {
    private final Store store;
    private final InstantSource clock;

    /**
     * A staged change.
     *
     * @param base hash of the policy that it was made from; may be empty
     */
    public record Draft(String yaml, String note, String base, long atMillis) {}

    public Drafts(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    public Optional<Draft> of(String account) {
        return store.ask(h -> h.createQuery("select * from policy_draft where account = :account")
                .bind("account", account).map((row, _) -> new Draft(row.getString("yaml"), row.getString("note"),
                        row.getString("base"), row.getLong("at")))
                .findOne());
    }

    public void stage(String account, String yaml, String note, String base) {
        store.change(h -> {
            h.createUpdate("delete from policy_draft where account = :account").bind("account", account).execute();
            h.createUpdate("insert into policy_draft (account, yaml, note, base, at)"
                    + " values (:account, :yaml, :note, :base, :at)").bind("account", account).bind("yaml", yaml)
                    .bind("note", note).bind("base", base).bind("at", clock.millis()).execute();
        });
    }

    public void drop(String account) {
        store.change(h -> h.createUpdate("delete from policy_draft where account = :account").bind("account", account)
                .execute());
    }
}
