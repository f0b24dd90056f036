package io.sluice.manage.identity;

import io.sluice.manage.Refused;
import io.sluice.manage.identity.Account.Origin;
import io.sluice.manage.settings.ManageSettings;
import io.sluice.manage.store.Store;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Accounts of people for whom an identity provider vouches: found by what never changes there, with the roles of their groups. */
public final class ProviderAccounts {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,63}");
    private static final Pattern GROUP = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
    private static final int MOST_GROUPS = 50;
    private static final int LONGEST_NAME = 100;

    private final Store store;
    private final Accounts accounts;
    private final Sessions sessions;

    public ProviderAccounts(Store store, Accounts accounts, Sessions sessions) {
        this.store = store;
        this.accounts = accounts;
        this.sessions = sessions;
    }

    /**
     * The account of an ID token, made at the first time.
     *
     * @return empty where none of the person's groups has a role here
     */
    synchronized Optional<Account> of(JsonObject claims, ManageSettings.Provider provider) throws Refused {
        Set<Role> roles = roles(claims, provider);
        Set<String> groups = groups(claims, provider);
        if (roles.isEmpty()) {
            return Optional.empty();
        }
        String subject = provider.issuer() + " " + claims.getString("sub");
        Optional<Account> known = bySubject(subject);
        if (known.isEmpty()) {
            Account made = make(claims, subject, roles);
            accounts.setGroups(made.id(), groups);
            return accounts.find(made.id());
        }
        Account before = known.get();
        if (!before.enabled()) {
            throw Refused.of(403, "disabled", "this account may not sign in; ask an administrator");
        }
        accounts.change(before.id(), name(claims, before.name()), roles, true);
        accounts.setGroups(before.id(), groups);
        if (!roles.containsAll(before.roles())) {
            sessions.endAll(before.id());
        }
        return accounts.find(before.id());
    }

    private Optional<Account> bySubject(String subject) {
        return store.ask(h -> h.createQuery("select * from account where subject = :subject").bind("subject", subject)
                .map((row, _) -> Accounts.read(row)).findOne());
    }

    private Account make(JsonObject claims, String subject, Set<Role> roles) throws Refused {
        String id = id(claims);
        if (!accounts.add(id, name(claims, id), roles, Origin.OIDC)) {
            throw Refused.conflict("taken", "there is another account `" + id + "` here already; ask an administrator");
        }
        store.change(h -> h.createUpdate("update account set subject = :subject where id = :id").bind("id", id)
                .bind("subject", subject).execute());
        return accounts.find(id).orElseThrow();
    }

    private static String id(JsonObject claims) throws Refused {
        for (String claim : List.of("preferred_username", "email", "sub")) {
            String wanted = String.valueOf(claims.getValue(claim, "")).toLowerCase(Locale.ROOT);
            if (ID.matcher(wanted).matches()) {
                return wanted;
            }
        }
        throw Refused.of(403, "provider-refused", "the identity provider gave no name that can be one here");
    }

    private static String name(JsonObject claims, String standard) {
        String name = String.valueOf(claims.getValue("name", standard)).strip();
        return name.isEmpty() ? standard : name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }

    /** The provider's groups are groups here too, as far as they can be written in a policy. */
    private static Set<String> groups(JsonObject claims, ManageSettings.Provider provider) {
        Set<String> groups = new TreeSet<>();
        names(claims, provider).stream().map(String::valueOf).filter(g -> GROUP.matcher(g).matches())
                .limit(MOST_GROUPS).forEach(groups::add);
        return groups;
    }

    private static List<?> names(JsonObject claims, ManageSettings.Provider provider) {
        Object groups = claims.getValue(provider.groupClaim());
        return groups instanceof JsonArray list ? list.getList() : groups == null ? List.of() : List.of(groups);
    }

    private static Set<Role> roles(JsonObject claims, ManageSettings.Provider provider) {
        List<String> words = new ArrayList<>();
        names(claims, provider)
                .forEach(group -> words.addAll(provider.roles().getOrDefault(String.valueOf(group), List.of())));
        return Role.ofWords(words);
    }
}
