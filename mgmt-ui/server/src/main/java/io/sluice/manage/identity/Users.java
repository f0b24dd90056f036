package io.sluice.manage.identity;

import io.sluice.manage.Diary;
import io.sluice.manage.Refused;
import io.sluice.manage.identity.Account.Origin;
import io.sluice.manage.identity.OneTimeLinks.Link;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What an administrator does with the accounts of others. There is always one administrator who may sign in. */
public final class Users {
    private static final int MOST_GROUPS = 50;

    private final Accounts accounts;
    private final Sessions sessions;
    private final Invitations invitations;
    private final Diary diary;

    public Users(Accounts accounts, Sessions sessions, Invitations invitations, Diary diary) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.invitations = invitations;
        this.diary = diary;
    }

    /** What is to be another way; empty: as it is. */
    public record Change(Optional<String> name, Optional<Set<Role>> roles, Optional<Set<String>> groups,
            Optional<Boolean> enabled, boolean unlock) {}

    public List<Account> all() {
        return accounts.all();
    }

    public Link add(String who, String id, String name, Set<Role> roles, Set<String> groups) throws Refused {
        requireFew(groups);
        if (!accounts.add(id, name.isBlank() ? id : name, roles, Origin.LOCAL)) {
            throw Refused.conflict("taken", "there is an account `" + id + "` already");
        }
        accounts.setGroups(id, groups);
        diary.note("user-added", who, Map.of("user", id, "roles", Role.text(roles), "groups", text(groups)));
        return invitations.invite(id);
    }

    /** Sessions of the account end where it may do less than before. */
    public synchronized Account change(String who, String id, Change change) throws Refused {
        requireFew(change.groups().orElse(Set.of()));
        Account before = find(id);
        Set<Role> roles = change.roles().orElse(before.roles());
        boolean enabled = change.enabled().orElse(before.enabled());
        if (!enabled || !roles.contains(Role.ADMINISTRATOR)) {
            requireAnother(before);
        }
        accounts.change(id, change.name().orElse(before.name()), roles, enabled);
        change.groups().ifPresent(groups -> accounts.setGroups(id, groups));
        if (change.unlock()) {
            accounts.unlock(id);
        }
        if (!enabled || !roles.containsAll(before.roles())) {
            sessions.endAll(id);
        }
        diary.note("user-changed", who, Map.of("user", id, "roles", Role.text(roles), "groups",
                text(change.groups().orElse(before.groups())), "enabled", Boolean.toString(enabled)));
        return find(id);
    }

    public synchronized void remove(String who, String id) throws Refused {
        requireAnother(find(id));
        accounts.remove(id);
        diary.note("user-removed", who, Map.of("user", id));
    }

    public Link link(String who, String id) throws Refused {
        Account account = find(id);
        if (account.origin() == Origin.OIDC) {
            throw Refused.conflict("no-password", "`" + id + "` signs in by the identity provider and has no password"
                    + " here");
        }
        diary.note("user-link", who, Map.of("user", id));
        return invitations.invite(id);
    }

    private static void requireFew(Set<String> groups) throws Refused {
        if (groups.size() > MOST_GROUPS) {
            throw Refused.wrong("an account is in " + MOST_GROUPS + " groups at most");
        }
    }

    private static String text(Set<String> groups) {
        return String.join(",", new TreeSet<>(groups));
    }

    private Account find(String id) throws Refused {
        return accounts.find(id).orElseThrow(() -> Refused.notFound("there is no account `" + id + "`"));
    }

    private void requireAnother(Account account) throws Refused {
        boolean last = account.has(Role.ADMINISTRATOR) && account.enabled() && accounts.all().stream()
                .noneMatch(a -> a.enabled() && a.has(Role.ADMINISTRATOR) && !a.id().equals(account.id()));
        if (last) {
            throw Refused.conflict("last-administrator",
                    "`" + account.id() + "` is the only administrator; make another"
                            + " one first");
        }
    }
}
