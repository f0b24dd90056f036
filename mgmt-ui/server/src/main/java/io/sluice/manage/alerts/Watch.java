package io.sluice.manage.alerts;

import io.sluice.manage.assets.Inventory;
import io.sluice.manage.assets.InventoryLimits;
import io.sluice.manage.event.Event;
import io.sluice.manage.event.EventReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Follows a journal, and keeps inventory and inbox of it. What it remembers lies in a file; without that file, or with one that
 * belongs to another journal, it reads the journal from its oldest record and comes to the same, but for what people said: that is
 * only in the file.
 *
 * <p>{@link #poll} and {@link #save} are for one thread; {@link #start} makes one. Inventory and inbox are for any.
 */
public final class Watch implements Closeable {
    private static final int BATCH = 1024;
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final long SAVE_NANOS = Duration.ofMinutes(1).toNanos();

    private final Path file;
    private final WatchFile.Content content;
    private final EventReader reader;
    private final Detectors detectors;
    private final Inventory inventory;
    private final List<Consumer<Event>> others = new CopyOnWriteArrayList<>();
    private final Consumer<Alert> changed;
    private volatile boolean catchingUp;
    private volatile boolean closed;
    private volatile String trouble = "";
    private volatile Thread thread = Thread.currentThread();
    private boolean unsaved;

    private Watch(Path journal, Path file, WatchFile.Content content, boolean anew, InventoryLimits limits,
            AlertSettings settings, Consumer<Alert> changed) {
        this.file = file;
        this.content = content;
        this.changed = changed;
        catchingUp = anew;
        reader = EventReader.open(journal, content.next);
        detectors = new Detectors(settings, content.learned, this::tell);
        inventory = new Inventory(limits, content.inventory, detectors);
    }

    /**
     * Goes on where it stopped.
     *
     * @param journal the journal's folder; it may be missing and come later
     * @param file where to remember
     * @param changed hears of alerts that are new or open again, on the reading thread, but not while it catches up
     */
    public static Watch open(Path journal, Path file, InventoryLimits limits, AlertSettings settings,
            Consumer<Alert> changed) {
        String key = key(journal);
        Optional<WatchFile.Content> kept = WatchFile.read(file)
                .filter(c -> c.journal.equals(key) || key.isEmpty() || c.journal.isEmpty());
        WatchFile.Content content = kept.orElseGet(WatchFile.Content::new);
        content.journal = key.isEmpty() ? content.journal : key;
        return new Watch(journal, file, content, kept.isEmpty(), limits, settings, changed);
    }

    private static String key(Path journal) {
        try {
            return Files.readString(journal.resolve("journal.pub")).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** Hears each further event, with its text, on the reading thread; what was in the journal before it was first read is left out. */
    public void also(Consumer<Event> other) {
        others.add(other);
    }

    private void tell(Alert alert) {
        if (!catchingUp) {
            changed.accept(alert);
        }
    }

    /** Takes what has come, at most so many records; how many it took. */
    public int poll(int most) throws IOException {
        List<Event> events = reader.read(most, !others.isEmpty());
        for (Event e : events) {
            synchronized (this) {
                detectors.accept(e);
                inventory.accept(e);
                content.next = e.id() + 1;
                unsaved = true;
            }
            if (!catchingUp) {
                others.forEach(o -> o.accept(e));
            }
        }
        if (events.isEmpty()) {
            catchingUp = false;
        }
        return events.size();
    }

    /** Writes down what is remembered, if something has changed. */
    public synchronized void save() throws IOException {
        if (unsaved) {
            WatchFile.write(file, content);
            unsaved = false;
        }
    }

    /** Archives, escalates or opens an alert, and writes that down at once; empty where there is no such alert. */
    public synchronized Optional<Alert> move(String id, Alert.State to, String note, String person, long micros)
            throws IOException {
        Optional<Alert> moved = detectors.book().move(id, to, note, person, micros);
        if (moved.isPresent()) {
            unsaved = true;
            save();
        }
        return moved;
    }

    /** What people say of an asset or a device answered is written down at once. */
    public synchronized void change(Consumer<Inventory> change) throws IOException {
        change.accept(inventory);
        unsaved = true;
        save();
    }

    /** Follows the journal on a thread of its own, until it is closed. */
    public void start() {
        thread = Thread.ofPlatform().daemon().name("watch").start(this::follow);
    }

    private void follow() {
        long saved = System.nanoTime();
        while (!closed) {
            try {
                boolean idle = poll(BATCH) == 0;
                if (System.nanoTime() - saved > SAVE_NANOS) {
                    save();
                    saved = System.nanoTime();
                }
                trouble = "";
                if (idle) {
                    Thread.sleep(PAUSE);
                }
            } catch (IOException e) {
                trouble = "assets and alerts stand still: " + e.getMessage() + "; check the journal's folder and "
                        + file;
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public Inventory inventory() {
        return inventory;
    }

    public AlertBook alerts() {
        return detectors.book();
    }

    /** It is still being learned what is usual: nothing is new yet. */
    public boolean learning() {
        return detectors.learning();
    }

    /** It reads what was in the journal before, and tells nobody of it. */
    public boolean catchingUp() {
        return catchingUp;
    }

    /** What keeps it from reading or remembering, in a sentence; empty: nothing. */
    public String trouble() {
        return trouble;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        if (!thread.equals(Thread.currentThread())) {
            thread.interrupt();
            try {
                thread.join(Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        save();
        reader.close();
    }
}
