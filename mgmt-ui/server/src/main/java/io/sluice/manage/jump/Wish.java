package io.sluice.manage.jump;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants of a session: a request, a preview of one, or an approval that narrows.
 *
 * @param targets null: as before
 * @param access null: as before
 * @param rules only with {@link Access#RULES}
 */
public record Wish(@Nullable List<Target> targets, @Nullable Access access, String rules, @Nullable Instant start,
        @Nullable Duration duration) {}
