package io.sluice.journal;

import io.sluice.rules.CompiledPolicy;
import org.jspecify.annotations.Nullable;

/**
 * What an engine's event does not tell.
 *
 * @param policy by which it was judged: rules and places are numbers in it
 * @param port the port that the frame came in at
 * @param carried false: the frame was only mirrored to that port, so nothing that was said of it stopped it
 * @param person who is behind the flow, where a grant says so
 * @param grant the number of the grant that the flow is bound to
 */
public record Circumstances(CompiledPolicy policy, @Nullable String port, boolean carried, @Nullable String person,
        @Nullable String grant) {
    public static Circumstances of(CompiledPolicy policy) {
        return new Circumstances(policy, null, true, null, null);
    }
}
