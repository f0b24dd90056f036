package io.sluice.manage.identity;

import java.util.Optional;
import java.util.Set;

/**
 * A person who may sign in. Times are milliseconds since 1970-01-01T00:00Z.
 *
 * @param id as typed at sign-in
 * @param groups as the policy's {@code sessions} name them
 * @param password its hash; empty: none was set yet, or an identity provider vouches
 * @param totpSecret sealed ({@link SealedSecrets}); empty: no second factor
 * @param totpStep the last time step of which a code was accepted
 * @param failures wrong passwords or codes since the last success
 */
public record Account(String id, String name, Set<Role> roles, Set<String> groups, boolean enabled, Origin origin,
        Optional<String> password, Optional<String> totpSecret, long totpStep, int failures, long lockedUntil,
        Optional<Long> lastSignIn, Optional<String> language, Optional<String> theme) {

    public Account {
        roles = Set.copyOf(roles);
        groups = Set.copyOf(groups);
    }

    /** Who says that it is this person. */
    public enum Origin {
        LOCAL,
        OIDC
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }

    public boolean hasTotp() {
        return totpSecret.isPresent();
    }
}
