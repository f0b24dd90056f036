package io.sluice.manage.query;

import java.util.Set;
import java.util.function.Function;

/**
 * What a filter means depends on this.
 *
 * @param nowMicros for {@code since:15m}, microseconds since 1970-01-01T00:00Z
 * @param places the names of a zone and its assets in the policy, by the zone's name; the journal names the asset where
 *     there is one
 */
public record FilterContext(long nowMicros, Function<String, Set<String>> places) {
    /** Without a policy a zone has no assets. */
    public static FilterContext at(long nowMicros) {
        return new FilterContext(nowMicros, Set::of);
    }
}
