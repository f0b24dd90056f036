package io.sluice.replay;

import io.sluice.engine.Flow;
import io.sluice.engine.words.Addresses;
import io.sluice.engine.words.Words;
import io.sluice.replay.Report.TalkerRow;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.Verdict;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Flows that are not inspected and not allowed, by who talks to whom; bounded, the rest is one line. */
final class Talkers {
    private static final int MAX_ROWS = 10_000;

    private record Key(long clientHigh, long clientLow, long serverHigh, long serverLow, int protocol, int port) {}

    private static final class Sum {
        final String client;
        final String server;
        final String service;
        final String from;
        final String to;
        final String verdict;
        long flows;
        long packets;
        long octets;
        long first = Long.MAX_VALUE;
        long last;

        Sum(String client, String server, String service, String from, String to, String verdict) {
            this.client = client;
            this.server = server;
            this.service = service;
            this.from = from;
            this.to = to;
            this.verdict = verdict;
        }

        void add(Flow flow) {
            flows++;
            packets += flow.packets();
            octets += flow.octets();
            first = Math.min(first, flow.firstFrame());
            last = Math.max(last, flow.lastFrame());
        }
    }

    private final CompiledPolicy policy;
    private final Map<Key, Sum> sums = new HashMap<>();
    private final Sum others = new Sum("others", "", "", "", "", "");

    Talkers(CompiledPolicy policy) {
        this.policy = policy;
    }

    void add(Flow flow) {
        Key key = new Key(flow.clientHigh(), flow.clientLow(), flow.serverHigh(), flow.serverLow(), flow.protocol(),
                flow.serverPort());
        Sum sum = sums.get(key);
        if (sum == null) {
            sum = sums.size() < MAX_ROWS ? sum(flow) : others;
            if (sum != others) {
                sums.put(key, sum);
            }
        }
        sum.add(flow);
    }

    private Sum sum(Flow flow) {
        String verdict = flow.relation().conduits().isEmpty()
                ? "no conduit"
                : flow.plainRule() == Verdict.DEFAULT
                        ? "no rule allows it"
                        : "denied by " + policy.rules().get(flow.plainRule()).id();
        return new Sum(Addresses.text(flow.clientHigh(), flow.clientLow()),
                Addresses.text(flow.serverHigh(), flow.serverLow()), Words.service(flow),
                policy.nameOf(flow.clientPlace()),
                policy.nameOf(flow.serverPlace()), verdict);
    }

    /** Most bytes first. */
    List<TalkerRow> rows() {
        List<TalkerRow> rows = sums.values().stream().map(Talkers::row)
                .sorted(Comparator.comparingLong(TalkerRow::octets).reversed()
                        .thenComparingLong(TalkerRow::firstFrame).thenComparing(TalkerRow::service))
                .collect(java.util.stream.Collectors.toCollection(java.util.ArrayList::new));
        if (others.flows > 0) {
            rows.add(row(others));
        }
        return rows;
    }

    private static TalkerRow row(Sum s) {
        return new TalkerRow(s.client, s.server, s.service, s.from, s.to, s.verdict, s.flows, s.packets, s.octets,
                s.first, s.last);
    }
}
