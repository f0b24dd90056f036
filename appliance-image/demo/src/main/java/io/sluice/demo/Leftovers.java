package io.sluice.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What demos that were killed have left behind: namespaces, what runs in them, and folders. */
final class Leftovers {
    /** Only root writes here, and nothing in it outlives a restart. */
    static final Path RUN = Path.of("/run");

    private static final Pattern OURS = Pattern.compile(Network.PREFIX + "([0-9]{1,9})(-.*)?");

    private Leftovers() {}

    static void remove() throws InterruptedException {
        for (Path namespace : of(RUN.resolve("netns"))) {
            Network.remove(namespace.getFileName().toString());
        }
        for (Path folder : of(RUN)) {
            endOutside(folder);
            delete(folder);
        }
    }

    /** Ends what runs by settings of a folder, outside of all namespaces: the management server. */
    private static void endOutside(Path folder) {
        ProcessHandle.allProcesses().filter(process -> process.info().arguments().stream().flatMap(Stream::of)
                .anyMatch(word -> word.startsWith(folder + "/"))).forEach(ProcessHandle::destroyForcibly);
    }

    /** What is called like ours in a folder, of processes that are no more, or of an earlier one of our own number. */
    private static List<Path> of(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> isLeft(path.getFileName().toString())).toList();
        } catch (IOException e) {
            return List.of(); // no namespace was ever made here
        }
    }

    private static boolean isLeft(String name) {
        Matcher ours = OURS.matcher(name);
        if (!ours.matches()) {
            return false;
        }
        long pid = Long.parseLong(ours.group(1));
        return pid == ProcessHandle.current().pid() || ProcessHandle.of(pid).isEmpty();
    }

    /** Deletes a folder and all that is in it; links are not followed. */
    static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            // It was never made, or somebody else has removed it.
        }
    }
}
