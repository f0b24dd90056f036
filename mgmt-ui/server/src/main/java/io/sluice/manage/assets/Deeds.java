package io.sluice.manage.assets;

import io.sluice.manage.event.Deed;
import io.sluice.manage.event.Event;
import java.util.List;

/** What an event does, in the words under which an inventory counts it: without values, so that there are few. */
final class Deeds {
    private static final int MOST_ITEMS = 16;

    private Deeds() {}

    /** {@code Write Single Register}, {@code Write}, {@code function 43/14}; empty where nobody knows. */
    static String function(Event e) {
        Deed deed = e.deed();
        if (deed.operation().equals("function")) {
            String[] words = deed.text().split(" ", 3);
            return words.length < 2 ? deed.text() : "function " + words[1];
        }
        String name = deed.functionName();
        return name.isEmpty()
                ? deed.operation()
                : name.endsWith("Request") ? name.substring(0, name.length() - 7) : name;
    }

    /** {@code write unit 1 holding 158}, {@code call ns=2;s=Reset}. */
    static List<String> items(Event e) {
        return e.deed().parts().stream().filter(p -> p.low() >= 0 || !p.node().isEmpty()).limit(MOST_ITEMS)
                .map(Deeds::item).distinct().toList();
    }

    private static String item(Deed.Part part) {
        StringBuilder text = new StringBuilder(part.operation());
        if (part.unit() >= 0) {
            text.append(" unit ").append(part.unit());
        }
        if (!part.space().isEmpty()) {
            text.append(' ').append(part.space());
        }
        if (part.low() >= 0) {
            text.append(' ').append(part.low());
            if (part.high() > part.low()) {
                text.append("..").append(part.high());
            }
        }
        if (!part.node().isEmpty()) {
            text.append(' ').append(part.node());
        }
        return text.toString();
    }
}
