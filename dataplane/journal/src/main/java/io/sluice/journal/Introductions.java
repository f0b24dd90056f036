package io.sluice.journal;

import io.sluice.dissect.Dissector;
import io.sluice.dissect.Protocol;
import io.sluice.engine.Flow;
import io.sluice.engine.MessageEvent;
import io.sluice.rules.Service;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Who said already who it is: each end that says the same again is told once a day, so that a poll of identities is no flood. */
final class Introductions {
    private static final int MOST = 4096;
    private static final long DAY = Duration.ofDays(1).toNanos();

    private record Said(long high, long low, String what) {}

    /** When it was told last, in the order of telling. */
    private final Map<Said, Long> told = new LinkedHashMap<>();

    /** @param now by a clock that only goes on */
    boolean isNew(MessageEvent e, long now) {
        Service service = e.flow().service();
        if (service == null || !e.allowed()) {
            return false;
        }
        Protocol protocol = service.protocol();
        int direction = e.fromClient() ? Dissector.TO_SERVER : Dissector.TO_CLIENT;
        if (!protocol.introduces(direction, e.bytes(), e.at(), e.size())) {
            return false;
        }
        String what = protocol.columns().introduction(direction, e.bytes(), e.at(), e.size());
        return !what.isEmpty() && isNew(said(e.flow(), e.fromClient(), what), now);
    }

    private static Said said(Flow flow, boolean client, String what) {
        return client
                ? new Said(flow.clientHigh(), flow.clientLow(), what)
                : new Said(flow.serverHigh(), flow.serverLow(), what);
    }

    private boolean isNew(Said said, long now) {
        Long before = told.get(said);
        if (before != null && now - before < DAY) {
            return false;
        }
        told.remove(said);
        if (told.size() == MOST) {
            told.remove(told.keySet().iterator().next());
        }
        told.put(said, now);
        return true;
    }
}
