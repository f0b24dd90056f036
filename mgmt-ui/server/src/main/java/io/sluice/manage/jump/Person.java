package io.sluice.manage.jump;

import io.sluice.manage.identity.Account;
import io.sluice.manage.identity.Role;
import java.util.Set;

/** Of an account, what decides whether somebody may ask for, approve and use sessions. */
public record Person(String id, boolean enabled, Set<Role> roles, Set<String> groups, boolean secondFactor) {
    public Person {
        roles = Set.copyOf(roles);
        groups = Set.copyOf(groups);
    }

    static Person of(Account account) {
        return new Person(account.id(), account.enabled(), account.roles(), account.groups(), account.hasTotp());
    }

    boolean has(Role role) {
        return roles.contains(role);
    }
}
