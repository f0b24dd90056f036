package io.sluice.manage.jump;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a client into a session.
 *
 * @param from address of the client
 * @param by {@code password} or {@code key}
 * @param until null: it stands
 */
public record Visit(String id, String from, String by, String client, Instant since, @Nullable Instant until) {
    Visit left(Instant at) {
        return new Visit(id, from, by, client, since, at);
    }
}
