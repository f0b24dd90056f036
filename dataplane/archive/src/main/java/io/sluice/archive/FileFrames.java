package io.sluice.archive;

import java.util.ArrayList;
import java.util.List;

/**
 * Which frame of which file: the engine's frame numbers rise through all captures of a sensor, people's begin at 1 in
 * each, as in Wireshark.
 */
final class FileFrames {
    private final List<String> names = new ArrayList<>();
    /** The engine's number of frame 0 of each file. */
    private final List<Long> bases = new ArrayList<>();
    private long last;

    void begin(String file) {
        names.add(file);
        bases.add(last);
    }

    /** The engine's number for a frame of the present file. */
    long number(long inFile) {
        last = bases.getLast() + inFile;
        return last;
    }

    /** Fills in file and frame. What was held back may belong to a file before the present one. */
    void locate(long frame, Row row) {
        int i = bases.size() - 1;
        while (i > 0 && bases.get(i) >= frame) {
            i--;
        }
        row.set(Column.FILE, names.get(i)).set(Column.FRAME, frame - bases.get(i));
    }
}
