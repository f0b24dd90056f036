package io.sluice.journal;

import io.sluice.engine.Flow;

/** What a flow has carried so far, both directions apart. */
final class FlowTotals {
    long packetsToServer;
    long packetsToClient;
    long octetsToServer;
    long octetsToClient;
    long requestsAllowed;
    long requestsRefused;
    long firstNanos;
    long lastNanos;
    boolean midstream;
    boolean ended;

    void take(Flow f) {
        packetsToServer = f.packetsToServer();
        packetsToClient = f.packets() - packetsToServer;
        octetsToServer = f.octetsToServer();
        octetsToClient = f.octets() - octetsToServer;
        requestsAllowed = f.requestsAllowed();
        requestsRefused = f.requestsRefused();
        firstNanos = f.firstNanos();
        lastNanos = f.lastNanos();
        midstream = f.midstream();
        ended = f.ended();
    }
}
