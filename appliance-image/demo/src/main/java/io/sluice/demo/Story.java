package io.sluice.demo;

import java.time.Duration;
import java.util.List;

/** What panel and laptop try, one act after the other and then from the start, while the panel polls in the background. */
final class Story {
    private static final Duration PACE = Duration.ofMillis(2500), EVENT = Duration.ofSeconds(3), SUM = Duration
            .ofSeconds(10);

    /**
     * Somebody tries something.
     *
     * @param who the peer that tries
     * @param request what it is asked to do
     * @param at the peer that would notice
     * @param look what that one is asked before and after
     * @param counted what it is, where the firewall does not tell of it at once because it changes nothing; else empty
     */
    private record Act(String who, String request, String at, String look, String counted) {
        Act(String who, String request, String at, String look) {
            this(who, request, at, look, "");
        }
    }

    /** Modbus requests without their header: function, address, quantity or value (V1.1b3 §6.3, §6.6). */
    private static final String READ_HOLDING_0 = "0300000001", WRITE_HOLDING_100 = "0600640001";

    /** Function 90, by which some controllers are programmed, started and stopped. */
    private static final String STOP = "5a0041ff00";

    private static final List<Act> ACTS = List.of(
            new Act("hmi", "modbus 100 1200", "plc", "holding 100"),
            new Act("hmi", "modbus 100 9000", "plc", "holding 100"),
            new Act("laptop", "send " + Plant.PLC + " " + READ_HOLDING_0, "plc", "holding 0", "reading"),
            new Act("laptop", "send " + Plant.PLC + " " + WRITE_HOLDING_100, "plc", "holding 100"),
            new Act("laptop", "send " + Plant.PLC + " " + STOP, "plc", "function 90"),
            new Act("hmi", "opcua Line3.Speed 900", "line", "value Line3.Speed"),
            new Act("hmi", "opcua Line3.Speed 5000", "line", "value Line3.Speed"),
            new Act("laptop", "connect " + Plant.LINE + " 4840", "line", "connections " + Plant.LAPTOP),
            new Act("hmi", "modbus 108 0", "plc", "holding 108"),
            new Act("hmi", "ping " + Plant.PLC, "plc", "holding 100", "pinging"),
            new Act("hmi", "modbus 100 800", "plc", "holding 100"));

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
        return left > PACE.toNanos() && !view.readerGone();
    }

    private void play(Act act) throws DemoException, InterruptedException {
        Peer at = plant.peer(act.at);
        String before = at.ask(act.look);
        int lines = view.lines();
        String saw = plant.peer(act.who).ask(act.request);
        if (act.counted.isEmpty()) {
            view.awaitLine(lines, EVENT);
        }
        String after = at.ask(act.look);
        String doing = act.counted.isEmpty() ? "" : ", " + act.counted + ",";
        view.seen("%s%s saw: %s; %s: %s%s".formatted(act.who, doing, saw, act.at, after,
                after.equals(before) ? ", as before" : ""));
    }
}
