package io.sluice.archive;

import io.sluice.capture.CaptureReader;
import io.sluice.engine.Profile;
import io.sluice.replay.Replay.Judge;
import java.nio.file.Path;

/**
 * What is to be judged, how, and where results go.
 *
 * @param folder with the captures, at any depth
 * @param out a folder for the results; may lie in the other
 * @param workers sensors judged at a time
 * @param partBytes bytes of captures whose rows make one file of results, at least: what a run that is cut off loses
 * @param software name and version of what judges; other versions may judge otherwise
 */
public record ArchiveSettings(Path folder, Path out, Judge judge, Profile profile, Grouping grouping, RowForm form,
        int workers, long partBytes, String software) {
    /** About a million packets. */
    public static final long PART_BYTES = 128L << 20;

    /** Format of rows and results: another number, and earlier results are not gone on with. */
    private static final int FORMAT = 1;

    CaptureOpener opener() {
        return file -> CaptureReader.open(folder.resolve(file.name()));
    }

    /** What rows depend on beside the captures, in lines that a person can read. */
    String identity() {
        StringBuilder text = new StringBuilder();
        text.append("format: ").append(FORMAT).append('\n');
        text.append("software: ").append(software).append('\n');
        text.append("folder: ").append(folder.toAbsolutePath().normalize()).append('\n');
        text.append("policy: ").append(judge.compiled().name()).append(' ').append(judge.compiled().hash())
                .append('\n');
        text.append("profile: ").append(profile.name().toLowerCase(java.util.Locale.ROOT)).append('\n');
        text.append("sensors: ").append(grouping.name().toLowerCase(java.util.Locale.ROOT)).append('\n');
        text.append("part bytes: ").append(partBytes).append('\n');
        judge.zones().forEach(zone -> text.append("zone: ").append(zone).append('\n'));
        return text.toString();
    }
}
