package io.sluice.manage.event;

import java.util.Map;

/**
 * What a flow has carried since it began.
 *
 * @param state {@code closed}, or {@code established} for one that goes on
 * @param reason why it is told: {@code shutdown}, {@code table-full}; empty otherwise
 * @param allowed requests
 * @param denied requests
 * @param readPlaces at about how many places, of unit and address, it reads; 64 stands for more, 0 where it is not known
 * @param rules what each rule has permitted, by its id
 */
public record Flowed(String state, String reason, long startMicros, long endMicros, long packetsToServer,
        long packetsToClient, long bytesToServer, long bytesToClient, long allowed, long denied, int readPlaces,
        Map<String, ByRule> rules) {

    public static final Flowed NONE = new Flowed("", "", -1, -1, 0, 0, 0, 0, 0, 0, 0, Map.of());

    /**
     * Requests that a rule has permitted in the flow.
     *
     * @param conduit the rule's; empty in older journals
     * @param reads have no records of their own at {@code detail: writes}
     * @param writes have
     */
    public record ByRule(String conduit, long reads, long writes) {}

    /** No later record continues these counts. */
    public boolean last() {
        return !state.equals("established") || !reason.isEmpty();
    }
}
