package io.sluice.rules;

import java.time.Instant;
import java.util.Optional;

/**
 * Permission for one person to reach one asset for a time, through a conduit that comes from a broker's zone. The
 * conduit is the ceiling: a grant can only narrow it.
 *
 * @param id of the session, unique among those that are open
 * @param person to whom everything that is done is attributed
 * @param conduit its name
 * @param target the asset's name
 * @param rules what is permitted, in the words of the conduit, as a YAML list of {@code allow} items; empty: the whole
 *     ceiling
 * @param notAfter when it ends at the latest
 */
public record Grant(String id, String person, String conduit, String target, Optional<String> rules,
        Instant notAfter) {}
