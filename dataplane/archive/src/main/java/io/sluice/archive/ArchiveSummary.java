package io.sluice.archive;

import java.util.List;

/**
 * What a run found, with what earlier runs had finished: the same whether or not it was cut off in between.
 *
 * @param sensors in the order of their names
 * @param otherFiles files in the folder that are no captures by their names
 * @param finishedBefore captures whose rows an earlier run had finished
 */
public record ArchiveSummary(List<SensorSummary> sensors, long otherFiles, long finishedBefore) {
    public ArchiveSummary {
        sensors = List.copyOf(sensors);
    }

    /**
     * One sensor's share.
     *
     * @param parts files of rows
     * @param denied messages and connections that were denied
     * @param files its captures in their order
     */
    public record SensorSummary(String name, long bytes, int parts, long rows, long denied, long finishedBefore,
            List<FileOutcome> files) {
        public SensorSummary {
            files = List.copyOf(files);
        }

        public long packets() {
            return files.stream().mapToLong(FileOutcome::packets).sum();
        }
    }

    public long rows() {
        return sensors.stream().mapToLong(SensorSummary::rows).sum();
    }

    public long denied() {
        return sensors.stream().mapToLong(SensorSummary::denied).sum();
    }

    /** Captures that could not be used, or only in part, or whose place in time is strange. */
    public List<FileOutcome> troubled() {
        return sensors.stream().flatMap(s -> s.files().stream()).filter(f -> f.troubleCount() > 0).toList();
    }
}
