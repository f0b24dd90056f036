package io.sluice.manage.index;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Indexes a journal in a process of its own, which may be killed; says how far it is. */
public final class IndexChild {
    private IndexChild() {}

    static Process start(IndexSettings settings, Path journal) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path"), IndexChild.class.getName(), settings.folder().toString(),
                journal.toString()).redirectErrorStream(true).start();
    }

    /** Folder of the index, folder of the journal. */
    public static void main(String[] arguments) throws InterruptedException {
        IndexSettings settings = new IndexSettings(Path.of(arguments[0]), Path.of(arguments[1]), 128, 1,
                Duration.ofMillis(5), 100);
        try (EventIndex index = EventIndex.open(settings)) {
            System.out.println(index.state().position());
            AutoCloseable listening = index.listen((events, _) -> System.out.println(events.getLast().id() + 1));
            while (listening != null) {
                Thread.sleep(1000);
            }
        } catch (IndexException e) {
            System.out.println(e.getMessage());
        }
    }
}
