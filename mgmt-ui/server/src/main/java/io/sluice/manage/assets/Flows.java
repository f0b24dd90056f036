package io.sluice.manage.assets;

import io.sluice.manage.event.Event;
import io.sluice.manage.event.Flowed;
import java.util.LinkedHashMap;
import java.util.Map;

/** A flow is told of again and again, with its counts since it began: what was new each time. */
final class Flows {
    private final Map<Long, FlowState> told;
    private final int most;

    /**
     * What a flow has carried since it was told of last.
     *
     * @param fresh it was not told of before
     * @param reads by rule
     */
    record Delta(boolean fresh, long allowed, Map<String, Long> reads) {}

    Flows(Map<Long, FlowState> told, int most) {
        this.told = told;
        this.most = most;
    }

    Delta of(Event e) {
        Flowed now = e.flowed();
        FlowState before = told.remove(e.flow());
        boolean fresh = before == null;
        FlowState state = before == null ? new FlowState() : before;
        Map<String, Long> reads = new LinkedHashMap<>();
        now.rules().forEach((rule, by) -> {
            long more = by.reads() - state.reads.getOrDefault(rule, 0L);
            if (more > 0) {
                reads.put(rule, more);
                state.reads.put(rule, by.reads());
            }
        });
        long allowed = Math.max(0, now.allowed() - state.allowed);
        state.allowed = now.allowed();
        if (!now.last()) {
            if (told.size() == most) {
                told.remove(told.keySet().iterator().next());
            }
            told.put(e.flow(), state);
        }
        return new Delta(fresh, allowed, reads);
    }
}
