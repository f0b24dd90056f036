package io.sluice.bench.pages;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Processor time of a page's own thread, as the browser counts it: what others on the machine take is not in it. */
final class PageWork {
    private final CDPSession session;
    private Map<String, Double> before;
    private long began;

    PageWork(Page page) {
        session = page.context().newCDPSession(page);
        JsonObject domain = new JsonObject();
        domain.addProperty("timeDomain", "threadTicks");
        session.send("Performance.enable", domain);
        before = metrics();
        began = System.nanoTime();
    }

    private Map<String, Double> metrics() {
        Map<String, Double> values = new HashMap<>();
        for (JsonElement metric : session.send("Performance.getMetrics").getAsJsonArray("metrics")) {
            values.put(metric.getAsJsonObject().get("name").getAsString(), metric.getAsJsonObject().get("value")
                    .getAsDouble());
        }
        return values;
    }

    void begin() {
        before = metrics();
        began = System.nanoTime();
    }

    /** Milliseconds of the page's thread a second since the beginning, in words. */
    String end() {
        Map<String, Double> now = metrics();
        double seconds = (System.nanoTime() - began) / 1e9;
        return String.format(Locale.ROOT,
                "the page's thread worked %.0f ms a second (scripts %.0f, style and layout %.0f)",
                since(now, "TaskDuration") / seconds, since(now, "ScriptDuration") / seconds,
                (since(now, "LayoutDuration") + since(now, "RecalcStyleDuration")) / seconds);
    }

    /** Milliseconds since the page's process began. */
    double all() {
        return metrics().getOrDefault("TaskDuration", 0.0) * 1000;
    }

    private double since(Map<String, Double> now, String name) {
        return (now.getOrDefault(name, 0.0) - before.getOrDefault(name, 0.0)) * 1000;
    }
}
