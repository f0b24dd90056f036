package io.sluice.replay;

import io.sluice.rules.learn.Conversation;
import io.sluice.rules.learn.Moment;
import io.sluice.rules.learn.Observation.Ask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What has to be remembered of a flow while it is learnt from. */
final class FlowNotes {
    /** A request that waits for its answer. */
    record Waiting(Moment at, List<Ask> asks, Map<Integer, Integer> traits) {}

    final Conversation conversation;
    /** Of the client: a flow may turn out to go the other way. */
    final int clientPort;
    /** Requests by what their answers name. */
    final LinkedHashMap<Long, Waiting> waiting = new LinkedHashMap<>();
    /** Of a request that comes in pieces, those before. */
    final List<Ask> pieces = new ArrayList<>();
    long packetsToServer;
    /** Where its ends were last seen to send from. */
    String clientSite = "";
    String serverSite = "";

    FlowNotes(Conversation conversation, int clientPort) {
        this.conversation = conversation;
        this.clientPort = clientPort;
    }
}
