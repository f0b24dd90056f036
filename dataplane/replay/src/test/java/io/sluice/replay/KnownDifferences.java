package io.sluice.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Differences from tshark that are understood, each with the reason why ours is right or cannot be compared. */
final class KnownDifferences {
    /** Columns that tshark fills only where it knows a request from an answer, which it takes from port 502. */
    private static final Set<String> PORT_DEPENDENT = Set.of("ref_num", "word_cnt", "bit_cnt", "byte_cnt");

    /** Captures that lack segments. */
    private static final Set<String> LOSSY = Set.of("mmguero-dev__advantech", "zeek__fuzz-1011");

    private KnownDifferences() {}

    /** The reason, or an empty string for a difference that nobody has explained. */
    static String reason(TruthTable truth, RowComparison.Difference difference) {
        return truth.protocol().equals("modbus") ? modbus(truth, difference) : opcUa(truth, difference);
    }

    private static String opcUa(TruthTable truth, RowComparison.Difference difference) {
        Map<String, String> theirs = difference.truth();
        Map<String, String> ours = difference.ours();
        if (truth.name().equals("open62541main_segrand") && (ours.isEmpty() || theirs.isEmpty())) {
            return "more segments out of order in a row than are held";
        }
        if (theirs.isEmpty() || ours.isEmpty()) {
            return "";
        }
        List<String> reasons = new ArrayList<>();
        for (String column : difference.columns()) {
            String reason = switch (column) {
                case "node_ids" -> nodes(theirs, ours);
                case "malformed" -> malformed(theirs, ours);
                case "segments" -> truth.name().equals("open62541main_segrand")
                        ? "segments that touch are joined while they wait for others"
                        : "";
                default -> "";
            };
            if (reason.isEmpty()) {
                return "";
            }
            reasons.add(reason);
        }
        return String.join("; ", reasons);
    }

    private static String nodes(Map<String, String> theirs, Map<String, String> ours) {
        if (theirs.getOrDefault("direction", "").equals("response")) {
            return "nodes in answers: answers are matched with their requests, not read";
        }
        String there = theirs.getOrDefault("node_ids", "");
        String here = ours.getOrDefault("node_ids", "");
        if (here.replaceAll("ns=\\d+", "ns=0").equals(there)) {
            return "the table has no namespaces: it says 0 for all";
        }
        if (here.replaceAll("ns=\\d+", "ns=0").equals(there.replace(" DataType:ns=0;i=6", ""))) {
            return "the attributes of a node to be added are not looked into";
        }
        if (here.isEmpty() && there.equals("TypeId:ns=0;i=12901")) {
            return "the type of a server's discovery configuration is no target";
        }
        return "";
    }

    private static String malformed(Map<String, String> theirs, Map<String, String> ours) {
        String problem = ours.getOrDefault("problem", "");
        return theirs.getOrDefault("malformed", "").equals("0") && !problem.isEmpty()
                ? "tshark does not check this against the standard: " + problem
                : "";
    }

    private static String modbus(TruthTable truth, RowComparison.Difference difference) {
        String problem = difference.ours().getOrDefault("problem", "");
        if (difference.columns().equals(List.of("malformed")) && !problem.isEmpty()) {
            return "tshark does not check this against the standard: " + problem;
        }
        if (truth.port() != 502 && PORT_DEPENDENT.containsAll(difference.columns())
                && !difference.columns().isEmpty()) {
            return "tshark leaves address and count columns empty on ports other than 502";
        }
        boolean wellFormed = problem.isEmpty() || problem.equals("unsolicited") || problem.equals("quantity");
        if (difference.truth().isEmpty() && wellFormed && LOSSY.contains(truth.name())) {
            return "tshark takes the segment for a retransmission of bytes that the capture does not hold, and shows nothing";
        }
        if (truth.name().equals("digitalbond__modbus_test_data_part1") || truth.name().equals("oisf__modbus")) {
            if (difference.ours().isEmpty() && difference.truth().getOrDefault("tcp_stream", "").equals("5")) {
                return "the connection is opened from port 502 to port 4446: whoever opens is the client, so this is not Modbus";
            }
            if (difference.truth().isEmpty() && problem.equals("frame-length")) {
                return "a length field of 34820: tshark shows nothing, ours names it";
            }
        }
        return "";
    }
}
