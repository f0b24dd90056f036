package io.sluice.rules.learn;

import io.sluice.rules.policy.Network;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far a proposal generalises what was seen.
 *
 * @param name of the policy
 * @param gap addresses between two that are read, over which a range is closed; never for writes
 * @param margin by how many percent of its width a range of written values is widened at both ends
 * @param least how often something must have been seen
 * @param writes whether what changes a device is proposed, or only shown as a comment
 * @param prefix4 length of the prefix that makes IPv4 addresses a zone, where nothing else tells
 * @param prefix6 the same for IPv6
 * @param zones networks of zones that are given, by name
 * @param expectations how many of the most frequent requests become expectations
 * @param source what was learnt from, for the head of the policy
 */
public record ProposalOptions(String name, int gap, int margin, int least, boolean writes, int prefix4, int prefix6,
        Map<String, List<Network>> zones, int expectations, String source) {
    public static final ProposalOptions DEFAULT = new ProposalOptions("learnt", 4, 10, 2, true, 24, 64, Map.of(), 10,
            "observations");

    public ProposalOptions {
        zones = new LinkedHashMap<>(zones);
    }

    public ProposalOptions least(int times) {
        return new ProposalOptions(name, gap, margin, times, writes, prefix4, prefix6, zones, expectations, source);
    }

    public ProposalOptions withoutWrites() {
        return new ProposalOptions(name, gap, margin, least, false, prefix4, prefix6, zones, expectations, source);
    }
}
