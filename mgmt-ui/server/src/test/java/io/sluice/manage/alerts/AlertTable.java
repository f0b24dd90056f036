package io.sluice.manage.alerts;

import io.sluice.capture.CaptureException;
import io.sluice.journal.JournalSettings;
import io.sluice.manage.Recording;
import io.sluice.manage.assets.Inventory;
import io.sluice.manage.assets.InventoryLimits;
import io.sluice.manage.assets.InventoryState;
import io.sluice.manage.event.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What detectors make of recordings. */
final class AlertTable {
    private AlertTable() {}

    /** The inbox after all events. */
    static List<Alert> alerts(List<Event> events, AlertSettings settings) {
        Detectors detectors = new Detectors(settings, new Learned(), _ -> {
        });
        Inventory inventory = new Inventory(InventoryLimits.DEFAULT, new InventoryState(), detectors);
        events.forEach(e -> {
            detectors.accept(e);
            inventory.accept(e);
        });
        return detectors.book().list(a -> a);
    }

    /** Learning over the first half of what the events span: harder than any plant would have it. */
    static AlertSettings halfLearning(List<Event> events) {
        List<Long> times = events.stream().flatMap(e -> Stream.of(e.micros(), e.flowed().startMicros()))
                .filter(t -> t >= 0).sorted().toList();
        Duration half = times.isEmpty()
                ? Duration.ZERO
                : Duration.ofNanos((times.getLast() - times.getFirst()) / 2 * 1000);
        return AlertSettings.DEFAULT.withLearning(half, half.dividedBy(2));
    }

    static List<Event> events(Path capture, String policy, Path folder) throws IOException, CaptureException {
        Recording recording = new Recording(policy, folder, JournalSettings.Detail.WRITES);
        try (recording) {
            recording.capture(capture);
        }
        // Records of what the journal does itself carry the time of the test.
        return Recording.events(folder).stream().filter(e -> !e.source().address().isEmpty()).toList();
    }
}
