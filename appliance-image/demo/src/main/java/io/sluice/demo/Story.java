package io.sluice.demo;

import java.time.Duration;
import java.util.List;

/** What panel and laptop try, one act after the other and then from the start, while the panel polls in the background. */
final class Story {
    private static final Duration PACE = Duration.ofMillis(2500), EVENT = Duration.ofSeconds(1), SUM = Duration
            .ofSeconds(5);

    /**
     * Somebody tries something.
     *
     * @param who the peer that tries
     * @param request what it is asked to do
     * @param at the peer that would notice
     * @param look what that one is asked before and after
     * @param told whether the firewall tells of it; of what it lets through uninspected it tells when that is over
     */
    private record Act(String who, String request, String at, String look, boolean told) {
        static Act of(String who, String request, String at, String look) {
            return new Act(who, request, at, look, true);
        }
    }

    private static final List<Act> ACTS = List.of(
            Act.of("hmi", "modbus 100 1200", "plc", "holding 100"),
            Act.of("hmi", "modbus 100 9000", "plc", "holding 100"),
            Act.of("laptop", "send " + Plant.PLC + " 0600640001", "plc", "holding 100"),
            Act.of("laptop", "send " + Plant.PLC + " 5a0041ff00", "plc", "function 90"),
            Act.of("hmi", "opcua Line3.Speed 900", "line", "value Line3.Speed"),
            Act.of("hmi", "opcua Line3.Speed 5000", "line", "value Line3.Speed"),
            Act.of("hmi", "modbus 108 0", "plc", "holding 108"),
            Act.of("laptop", "connect " + Plant.LINE + " 4840", "line", "connections " + Plant.LAPTOP),
            Act.of("hmi", "modbus 100 800", "plc", "holding 100"));

    private final Plant plant;
    private final LiveView view;
    private final long end;
    private long sumAt;

    /** A story that is over at a time of {@link System#nanoTime}. */
    Story(Plant plant, LiveView view, long end) {
        this.plant = plant;
        this.view = view;
        this.end = end;
        sumAt = System.nanoTime() + SUM.toNanos();
    }

    void play() throws DemoException, InterruptedException {
        for (int i = 0; pause(); i++) {
            play(ACTS.get(i % ACTS.size()));
            if (sumAt - System.nanoTime() <= 0) {
                view.sum();
                sumAt = System.nanoTime() + SUM.toNanos();
            }
        }
        view.sum();
    }

    /** Lets some time pass; false when the story is over. */
    private boolean pause() throws InterruptedException {
        long left = end - System.nanoTime();
        Thread.sleep(Duration.ofNanos(Math.clamp(left, 0, PACE.toNanos())));
        return left > PACE.toNanos();
    }

    private void play(Act act) throws DemoException, InterruptedException {
        Peer at = plant.peer(act.at);
        String before = at.ask(act.look);
        int lines = view.lines();
        String saw = plant.peer(act.who).ask(act.request);
        if (act.told) {
            view.awaitLine(lines, EVENT);
        }
        String after = at.ask(act.look);
        view.seen("%s saw: %s; %s: %s%s".formatted(act.who, saw, act.at, after,
                after.equals(before) ? ", as before" : ""));
    }
}
