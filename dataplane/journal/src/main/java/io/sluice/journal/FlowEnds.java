package io.sluice.journal;

import io.sluice.dissect.Protocol;
import io.sluice.engine.Flow;
import io.sluice.engine.Packet;
import org.jspecify.annotations.Nullable;

/**
 * Who a flow connects, kept apart from the flow, which the engine reuses.
 *
 * @param transport IP protocol number
 * @param vlan -1 untagged; the identifier; or outer &lt;&lt; 12 | inner
 * @param clientLink Ethernet address as in {@link Flow#clientLink}
 * @param service the protocol that is inspected, or null
 */
record FlowEnds(long clientHigh, long clientLow, int clientPort, long serverHigh, long serverLow, int serverPort,
        int transport, int vlan, long clientLink, long serverLink, int clientPlace, int serverPlace,
        @Nullable Protocol service) {
    static FlowEnds of(Flow f) {
        return new FlowEnds(f.clientHigh(), f.clientLow(), f.clientPort(), f.serverHigh(), f.serverLow(),
                f.serverPort(), f.protocol(), f.vlan(), f.clientLink(), f.serverLink(), f.clientPlace(),
                f.serverPlace(),
                f.service() == null ? null : f.service().protocol());
    }

    /** Whether a packet of the flow goes from its client to its server. */
    boolean fromClient(Packet p) {
        return p.sourceHigh() == clientHigh && p.sourceLow() == clientLow
                && ((transport != 6 && transport != 17) || p.sourcePort() == clientPort);
    }
}
