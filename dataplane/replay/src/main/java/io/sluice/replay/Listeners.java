package io.sluice.replay;

import io.sluice.engine.Anomaly;
import io.sluice.engine.EngineListener;
import io.sluice.engine.Flow;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Packet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells several listeners the same, in order. */
final class Listeners implements EngineListener {
    private final EngineListener[] all;

    private Listeners(List<EngineListener> all) {
        this.all = all.toArray(EngineListener[]::new);
    }

    static EngineListener of(List<EngineListener> listeners) {
        return listeners.size() == 1 ? listeners.getFirst() : new Listeners(listeners);
    }

    @Override
    public void message(MessageEvent event) {
        for (EngineListener one : all) {
            one.message(event);
        }
    }

    @Override
    public void plain(Flow flow, Packet packet) {
        for (EngineListener one : all) {
            one.plain(flow, packet);
        }
    }

    @Override
    public void anomaly(Anomaly anomaly, Packet packet, @Nullable Flow flow) {
        for (EngineListener one : all) {
            one.anomaly(anomaly, packet, flow);
        }
    }

    @Override
    public void gap(Flow flow, boolean fromClient, long bytes) {
        for (EngineListener one : all) {
            one.gap(flow, fromClient, bytes);
        }
    }

    @Override
    public void other(Packet packet) {
        for (EngineListener one : all) {
            one.other(packet);
        }
    }

    @Override
    public void ended(Flow flow) {
        for (EngineListener one : all) {
            one.ended(flow);
        }
    }
}
