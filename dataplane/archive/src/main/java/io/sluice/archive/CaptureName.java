package io.sluice.archive;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the name of a capture tells: whether it is one, and which sensor wrote it. Rotation appends to a prefix or to the
 * whole name, as in {@code eth1.pcap3} (tcpdump -C), {@code eth1-20260105-060000.pcap} (tcpdump -G),
 * {@code eth1_00007_20260105060000.pcapng.gz} (dumpcap) and {@code log.pcap.1767592800} (Suricata).
 */
final class CaptureName {
    private static final Pattern CAPTURE = Pattern.compile(
            "(?<stem>.*?)\\.(pcapng|pcap|cap|ntar|dmp)[._-]?[0-9]*(\\.(gz|zst))?", Pattern.CASE_INSENSITIVE);
    /** A rotation number of three digits or more, or a part of a date: a number of one or two may be that of a line. */
    private static final Pattern ROTATION = Pattern.compile(
            "([-_.@ ]+|^)([0-9]{3,}|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{2}[:.h-][0-9]{2}([:.m-][0-9]{2})?|[0-9-]{8,}[T_-]?[0-9:.-]{4,})"
                    + "(s|Z|[+-][0-9:]{4,5})?$");
    /** Folders that are dates: {@code 2026/01/05}, {@code 2026-01-05}. */
    private static final Pattern DATED = Pattern.compile("[0-9][0-9TZ:._-]*");

    private CaptureName() {}

    static boolean isCapture(String name) {
        String file = name.substring(name.lastIndexOf('/') + 1);
        return !file.startsWith(".") && CAPTURE.matcher(file).matches();
    }

    /** The sensor that wrote a capture, see {@link Grouping}. */
    static String sensor(String name, Grouping grouping) {
        int slash = name.lastIndexOf('/');
        String folder = folder(slash < 0 ? "" : name.substring(0, slash));
        String start = folder.isEmpty() ? "" : folder + "/";
        return switch (grouping) {
            case FILE -> name;
            case FOLDER -> start.isEmpty() ? "." : start;
            case NAME -> {
                String prefix = prefix(name.substring(slash + 1));
                yield start.isEmpty() && prefix.isEmpty() ? "." : start + prefix;
            }
        };
    }

    private static String folder(String path) {
        return Stream.of(path.split("/", -1)).filter(part -> !part.isEmpty() && !DATED.matcher(part).matches())
                .collect(Collectors.joining("/"));
    }

    private static String prefix(String file) {
        Matcher capture = CAPTURE.matcher(file);
        String stem = capture.matches() ? String.valueOf(capture.group("stem")) : file;
        while (true) {
            Matcher rotation = ROTATION.matcher(stem);
            if (!rotation.find()) {
                return stem;
            }
            stem = stem.substring(0, rotation.start());
        }
    }
}
