package io.sluice.manage.jump;

import java.time.Instant;

/**
 * What somebody asked for; it never changes.
 *
 * @param id also the login at the gateway, such as {@code acme-7f3c}
 * @param rule name in the policy's {@code sessions}
 */
public record Request(String id, String person, String rule, String reason, String ticket, Instant at, Terms terms,
        Offer asked) {}
