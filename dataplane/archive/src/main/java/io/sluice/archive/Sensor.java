package io.sluice.archive;

import io.sluice.capture.CaptureException;
import io.sluice.capture.CaptureReader;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * What one place in the plant recorded: captures that follow one another, through which connections run on.
 *
 * @param name see {@link Grouping}
 * @param files in no order that matters: {@link #inOrder} looks into them
 */
public record Sensor(String name, List<ArchiveFile> files) implements Serializable {
    public Sensor {
        files = List.copyOf(files);
    }

    /** The sensors that wrote these files, by name. Files that are no captures by their name are left out. */
    public static List<Sensor> group(Collection<ArchiveFile> files, Grouping grouping) {
        TreeMap<String, List<ArchiveFile>> byName = new TreeMap<>();
        for (ArchiveFile file : files) {
            if (CaptureName.isCapture(file.name())) {
                byName.computeIfAbsent(CaptureName.sensor(file.name(), grouping), _ -> new ArrayList<>()).add(file);
            }
        }
        return byName.entrySet().stream().map(e -> new Sensor(e.getKey(), e.getValue())).toList();
    }

    public long bytes() {
        return files.stream().mapToLong(ArchiveFile::bytes).sum();
    }

    /**
     * Its captures in the order of their first packets; names tell less, since rotation numbers begin anew. Those without
     * a packet, or that cannot be opened, come last and are told about when they are judged.
     */
    public List<ArchiveFile> inOrder(CaptureOpener opener) {
        return files.stream().map(file -> new Timed(file, firstNanos(file, opener)))
                .sorted(Comparator.comparingLong(Timed::nanos).thenComparing(t -> t.file().name()))
                .map(Timed::file).toList();
    }

    private record Timed(ArchiveFile file, long nanos) {}

    private static long firstNanos(ArchiveFile file, CaptureOpener opener) {
        try (CaptureReader reader = opener.open(file)) {
            return reader.next() ? reader.epochNanos() : Long.MAX_VALUE;
        } catch (CaptureException e) {
            return Long.MAX_VALUE;
        }
    }
}
