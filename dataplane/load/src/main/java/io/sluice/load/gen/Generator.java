package io.sluice.load.gen;

import io.sluice.capture.port.Port;
import io.sluice.capture.port.PortException;
import io.sluice.capture.port.PortRequest;
import io.sluice.capture.port.Ports;
import io.sluice.capture.port.ThreadPlacement;
import io.sluice.load.rig.Questions;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The generator as a process of its own, with one thread on the processor of the first argument. It is asked:
 * <pre>
 * chain NAME CLIENT_INTERFACE SERVER_INTERFACE SEED FLOWS DEPTH WINDOW EXCHANGE PORT   opens the flows: `opened N`
 * run NAME MILLISECONDS EXCHANGES_PER_SECOND                                           lets them go round: counts
 * </pre>
 */
public final class Generator {
    private static final int RING_FRAMES = 1024;
    private static final Duration OPENING = Duration.ofSeconds(20);

    private final Map<String, ClosedLoop> loops = new HashMap<>();

    private Generator() {}

    public static void main(String... arguments) throws IOException {
        ThreadPlacement.pin(Integer.parseInt(arguments[0])).ifPresent(System.err::println);
        Questions.serve(new Generator()::answer);
    }

    private List<String> answer(List<String> words) throws PortException {
        return switch (words.getFirst()) {
            case "chain" -> List.of("opened " + chain(words));
            case "run" -> List.of(loop(words.get(1)).run(Duration.ofMillis(number(words, 2)).toNanos(),
                    number(words, 3)).line());
            default -> throw new IllegalArgumentException(words.toString());
        };
    }

    private int chain(List<String> words) throws PortException {
        LoadPlan plan = new LoadPlan(number(words, 4), (int) number(words, 5), (int) number(words, 6),
                (int) number(words, 7), Exchange.valueOf(words.get(8)), (int) number(words, 9));
        ClosedLoop loop = new ClosedLoop(plan, open(words.get(2)), open(words.get(3)));
        loops.put(words.get(1), loop);
        return loop.open(OPENING.toNanos());
    }

    private ClosedLoop loop(String name) {
        ClosedLoop loop = loops.get(name);
        if (loop == null) {
            throw new IllegalArgumentException("no chain " + name);
        }
        return loop;
    }

    // Small, so that it stays in the cache: no more than the window is ever under way.
    private static Port open(String interfaceName) throws PortException {
        return Ports.open(new PortRequest(interfaceName, Optional.empty(), false, RING_FRAMES,
                false)).port();
    }

    private static long number(List<String> words, int index) {
        return Long.parseLong(words.get(index));
    }
}
