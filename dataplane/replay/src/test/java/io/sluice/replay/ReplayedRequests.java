package io.sluice.replay;

import io.sluice.engine.Engine;
import io.sluice.engine.EngineLimits;
import io.sluice.engine.EngineListener;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Profile;
import io.sluice.engine.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The well-formed requests of a capture, each with a policy's verdict, by the frame in which it was complete or refused. */
final class ReplayedRequests implements EngineListener {
    record Request(boolean allowed, String does, String why) {}

    private final TreeMap<Long, List<Request>> byFrame = new TreeMap<>();

    private ReplayedRequests() {}

    static SortedMap<Long, List<Request>> of(CaptureSource capture, Replay.Judge judge) throws Exception {
        ReplayedRequests requests = new ReplayedRequests();
        Placing placing = new Placing(judge.policy(), judge.compiled(), List.of());
        try (Engine engine = new Engine(judge.compiled(), Profile.OBSERVE, EngineLimits.DEFAULT, requests)) {
            new CaptureRun(Progress.NONE).run(capture, (reader, frame) -> {
                placing.place(engine, reader);
                engine.accept(reader.bytes(), reader.at(), reader.captured(), reader.wire(), reader.linkType(), frame,
                        reader.epochNanos());
            });
            engine.finish();
        }
        return requests.byFrame;
    }

    @Override
    public void message(MessageEvent e) {
        if (e.request() && !(e.part() && e.allowed())) {
            byFrame.computeIfAbsent(e.frame(), _ -> new ArrayList<>())
                    .add(new Request(e.allowed(), Words.does(e), Words.detail(e)));
        }
    }
}
