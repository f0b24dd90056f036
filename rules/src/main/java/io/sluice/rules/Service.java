package io.sluice.rules;

import io.sluice.dissect.Protocol;
import io.sluice.rules.policy.Mode;
import io.sluice.rules.policy.OnDeny;
import java.util.List;

/**
 * An inspected service between two places: everything the conduits that match the pair say of one protocol on one port.
 *
 * @param transport IP protocol number
 * @param demands what a connection must be like, beside what the table says of its requests
 * @param onDeny for messages that no rule names: that of the most specific conduit
 * @param conduits names, most specific first; never empty
 */
public record Service(Protocol protocol, int transport, int port, DecisionTable table, Demands demands, OnDeny onDeny,
        ModeTimes mode, List<String> conduits) {
    public Mode mode(long epochNanos) {
        return mode.at(epochNanos);
    }
}
