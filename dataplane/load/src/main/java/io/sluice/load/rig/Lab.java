package io.sluice.load.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Network namespaces, what joins them and what runs in them. Closed, or ended by a signal, it leaves nothing behind; what
 * was left by a run that was killed is removed by the next one.
 */
public final class Lab implements AutoCloseable {
    private static final String PREFIX = "sluice-bench";
    private static final Path NAMESPACES = Path.of("/run/netns");
    /** A namespace's full name: the process that made it, a number and its short name. */
    private static final Pattern OURS = Pattern.compile(PREFIX + "([0-9]+)-([0-9]+)-.*");
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String prefix = prefix(COUNT.incrementAndGet());
    private final List<Host> hosts = new ArrayList<>();
    private final List<Asked> processes = new ArrayList<>();
    private final List<Path> folders = new ArrayList<>();
    private boolean removed;
    private final Thread atExit = new Thread(this::remove, "lab-removal");

    private Lab() {}

    private static String prefix(int number) {
        return PREFIX + ProcessHandle.current().pid() + "-" + number + "-";
    }

    /** Why there can be none here; empty where there can. */
    public static Optional<String> unavailable() {
        String name = prefix(0) + "probe";
        try {
            Shell.demand(List.of("ip", "netns", "add", name));
            remove(name);
            Shell.demand(List.of("ethtool", "--version"));
            return Optional.empty();
        } catch (RigException e) {
            return Optional.of("this needs root and network namespaces, and here " + e.sentence());
        }
    }

    public static Lab open() throws RigException {
        removeLeftovers();
        Lab lab = new Lab();
        try {
            Runtime.getRuntime().addShutdownHook(lab.atExit);
        } catch (IllegalStateException e) {
            throw new RigException("it was ended before");
        }
        return lab;
    }

    /** Makes a namespace that sends nothing of its own accord. */
    public synchronized Host host(String name) throws RigException {
        demandThere();
        Host host = new Host(this, prefix + name);
        Shell.demand(List.of("ip", "netns", "add", host.fullName()));
        hosts.add(host);
        host.demand("sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1", "net.ipv6.conf.default.disable_ipv6=1");
        host.up("lo");
        return host;
    }

    /** Joins two namespaces by a cable whose ends are up. */
    public void link(Host one, String oneEnd, Host other, String otherEnd) throws RigException {
        one.ip("link", "add", oneEnd, "type", "veth", "peer", "name", otherEnd, "netns", other.fullName());
        one.up(oneEnd);
        other.up(otherEnd);
    }

    /** Makes a folder for files. */
    synchronized Path folder() throws RigException {
        demandThere();
        try {
            Path folder = Files.createTempDirectory(prefix);
            folders.add(folder);
            return folder;
        } catch (IOException e) {
            throw new RigException("no folder can be made for temporary files: " + e.getMessage());
        }
    }

    synchronized Asked keep(Asked process) throws RigException {
        processes.add(process);
        if (removed) {
            remove();
            demandThere();
        }
        return process;
    }

    /** A signal may have come meanwhile: nothing must be made after all was removed. */
    private void demandThere() throws RigException {
        if (removed) {
            throw new RigException("it was ended meanwhile");
        }
    }

    @Override
    public void close() {
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return; // the process ends anyway, and the hook finds nothing left to do
        }
    }

    private synchronized void remove() {
        removed = true;
        processes.forEach(Asked::kill);
        processes.clear();
        hosts.forEach(host -> remove(host.fullName()));
        hosts.clear();
        folders.forEach(Lab::delete);
        folders.clear();
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            return; // temporary files: the system removes them in its time
        }
    }

    /** Ends what runs in a namespace and removes it; its links go with it. */
    private static void remove(String fullName) {
        for (String pid : Shell.attempt(List.of("ip", "netns", "pids", fullName))) {
            if (pid.matches("[0-9]+")) {
                ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
        Shell.attempt(List.of("ip", "netns", "delete", fullName));
    }

    /** Removes the namespaces of processes that are no more. */
    private static void removeLeftovers() throws RigException {
        if (!Files.isDirectory(NAMESPACES)) {
            return;
        }
        try (Stream<Path> all = Files.list(NAMESPACES)) {
            all.map(path -> path.getFileName().toString()).filter(Lab::isLeftover).forEach(Lab::remove);
        } catch (IOException e) {
            throw new RigException("`%s` cannot be read: %s".formatted(NAMESPACES, e.getMessage()));
        }
    }

    private static boolean isLeftover(String fullName) {
        Matcher ours = OURS.matcher(fullName);
        return ours.matches() && ProcessHandle.of(Long.parseLong(ours.group(1))).isEmpty();
    }
}
