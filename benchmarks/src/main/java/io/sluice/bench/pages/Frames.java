package io.sluice.bench.pages;

import com.microsoft.playwright.Page;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the browser itself counts of a page: frames, long tasks, long frames, and how soon it answers to a hand. */
final class Frames {
    /** Runs in every page before its own scripts. Times are the page's, milliseconds since the navigation began. */
    static final String WATCH = """
            (() => {
              const seen = { frames: [], tasks: [], long: [], inputs: [], interactive: 0 };
              window.sluiceSeen = seen;
              const observe = (type, act, more) => {
                try {
                  new PerformanceObserver(list => list.getEntries().forEach(act)).observe({ type, buffered: true, ...more });
                } catch (e) { seen.without = type; }
              };
              observe('longtask', e => seen.tasks.push(e.duration));
              observe('long-animation-frame', e => seen.long.push(e.duration));
              observe('event', e => e.interactionId > 0 && seen.inputs.push(e.duration), { durationThreshold: 16 });
              let last = 0;
              const frame = now => {
                if (last !== 0) seen.frames.push(now - last);
                last = now;
                requestAnimationFrame(frame);
              };
              requestAnimationFrame(frame);
              // Overview is there: figures with values, the map with its zones, the charts. Then a frame is drawn, and the
              // page is free for the next thing to do.
              const there = () => /[0-9]/.test(document.querySelector('.figures .figure-value')?.textContent ?? '')
                && document.querySelector('.zone-map .zone') && document.querySelector('.charts canvas');
              const look = new MutationObserver(() => {
                if (there()) {
                  look.disconnect();
                  requestAnimationFrame(() => setTimeout(() => { seen.interactive = performance.now(); }));
                }
              });
              look.observe(document, { subtree: true, childList: true, characterData: true });
            })()""";

    private final double[] frames;
    private final double[] tasks;
    private final double[] longFrames;
    private final double[] inputs;

    private Frames(double[] frames, double[] tasks, double[] longFrames, double[] inputs) {
        this.frames = frames;
        this.tasks = tasks;
        this.longFrames = longFrames;
        this.inputs = inputs;
    }

    /** Forgets what was before. */
    static void begin(Page page) {
        page.evaluate("() => { const s = window.sluiceSeen; s.frames.length = s.tasks.length = s.long.length"
                + " = s.inputs.length = 0; }");
    }

    static Frames end(Page page) {
        return new Frames(numbers(page, "frames"), numbers(page, "tasks"), numbers(page, "long"), numbers(page,
                "inputs"));
    }

    private static double[] numbers(Page page, String name) {
        List<?> list = (List<?>) page.evaluate("() => window.sluiceSeen." + name);
        double[] numbers = list.stream().mapToDouble(n -> ((Number) n).doubleValue()).toArray();
        Arrays.sort(numbers);
        return numbers;
    }

    static double part(double[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))];
    }

    @Override
    public String toString() {
        long late = Arrays.stream(frames).filter(f -> f > 50).count();
        return String.format(Locale.ROOT,
                "%d frames, p50 %.1f  p99 %.1f  longest %.1f ms, %d over 50 ms; %d tasks over 50 ms, longest %.0f ms;"
                        + " %d long frames of the page's own, longest %.0f ms",
                frames.length, part(frames, 0.5), part(frames, 0.99), part(frames, 1), late, tasks.length, part(tasks,
                        1),
                longFrames.length, part(longFrames, 1));
    }

    /** How long keys, clicks and wheels took until the frame that shows what they did. */
    String inputs() {
        return String.format(Locale.ROOT, "%d inputs of 16 ms and more, p50 %.0f  longest %.0f ms", inputs.length,
                part(inputs, 0.5), part(inputs, 1));
    }
}
