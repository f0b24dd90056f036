package io.sluice.replay;

import io.sluice.engine.Profile;
import java.util.List;
import java.util.Optional;

/**
 * What a policy makes of captures: all that the text, JSON and HTML renderings show. Lists are in a fixed order, so the
 * same captures and policy give the same report.
 *
 * @param placing which information told where addresses lie, one sentence each
 * @param changes what differs from the baseline; empty where none was given
 */
public record Report(PolicyId policy, Profile profile, List<InputSummary> inputs, List<String> placing, Totals totals,
        List<ConduitRow> conduits, List<TalkerRow> unclassified, List<CauseRow> causes, List<AnomalyRow> anomalies,
        Effects effects, List<OtherRow> others, Optional<Changes> changes) {

    /** A policy by name and by the SHA-256 of its text. */
    public record PolicyId(String name, String hash, String mode) {}

    /**
     * Sums.
     *
     * @param messages judged protocol messages, requests and answers
     * @param allowed messages allowed, requests and answers
     * @param deniedRequests the requests among {@code denied}; the others are mostly the answers to them
     * @param gapBytes bytes of inspected streams that were skipped unjudged
     */
    public record Totals(long packets, long octets, long tcpFlows, long datagramFlows, long messages, long requests,
            long allowed, long denied, long deniedRequests, long gapBytes) {
        public long allowedRequests() {
            return requests - deniedRequests;
        }
    }

    /** Everything between two places that some conduit names. */
    public record ConduitRow(String from, String to, List<String> conduits, List<OperationRow> operations) {
        /** Allowed requests, and flows where the conduit does not look inside. */
        public long allowed() {
            return count(true);
        }

        /** Denied requests, and flows where the conduit does not look inside. */
        public long denied() {
            return count(false);
        }

        private long count(boolean allowed) {
            return operations.stream().filter(o -> !o.answer() && o.allowed() == allowed)
                    .mapToLong(OperationRow::count).sum();
        }
    }

    /**
     * One sort of operation with one verdict for one reason.
     *
     * @param operation in the protocol's words: {@code write holding}
     * @param answer whether the server sent them: answers are listed, but do not count as operations
     * @param reason one word
     * @param detail what was missing or wrong, in a few words; may be empty
     * @param rule the rule that decided, or {@code default}
     * @param because the reason that a deny states; may be empty
     * @param example the first message of the kind in the protocol's words; may be empty
     */
    public record OperationRow(String operation, boolean answer, boolean allowed, String reason, String detail,
            String rule,
            String because, long count, long firstFrame, long lastFrame, String example) {}

    /** Traffic between two addresses that no conduit names, or that its conduits do not allow as a flow. */
    public record TalkerRow(String client, String server, String service, String from, String to, String verdict,
            long flows, long packets, long octets, long firstFrame, long lastFrame) {}

    /** How often the firewall lost sight, by cause ({@code malformed}, {@code opaque} …) and reason. */
    public record CauseRow(String cause, String reason, String sentence, long count, long firstFrame, long lastFrame) {}

    /** What was wrong with frames, or worth a look in messages. */
    public record AnomalyRow(String anomaly, String sentence, boolean blocks, long count, long firstFrame,
            long lastFrame) {}

    /** Frames beside TCP, UDP and ping: by EtherType or IP protocol. */
    public record OtherRow(String what, long count, long firstFrame, long lastFrame) {}

    /**
     * What enforcing does to the traffic. For the observe profile: what it would have done.
     *
     * @param replies messages answered by a protocol refusal
     * @param resets flows ended by RST
     * @param drops flows or messages silenced
     * @param frames frames by what became of them; inline profile only
     */
    public record Effects(long replies, long resets, long drops, long blockedFrames, Optional<Frames> frames) {
        /** Frames by the engine's answer. */
        public record Frames(long forwarded, long rewritten, long held, long dropped) {}
    }

    /**
     * What differs from a baseline policy.
     *
     * @param compared requests, unreadable messages and flows that were compared; an answer follows its request
     */
    public record Changes(PolicyId baseline, long compared, long changed, List<ChangeRow> rows) {}

    /**
     * Messages of one sort whose verdict differs in the same way.
     *
     * @param frames numbers of the first frames, at most a thousand
     */
    public record ChangeRow(String from, String to, String operation, String before, String after, long count,
            List<Long> frames, String example) {}
}
