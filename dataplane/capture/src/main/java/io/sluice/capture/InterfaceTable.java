package io.sluice.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The interfaces of a pcapng file: numbered from 0 in each section by the file, through all sections by us. */
final class InterfaceTable {
    private final List<CaptureInterface> all = new ArrayList<>();
    private final int limit;
    private CaptureInterface[] described = new CaptureInterface[8];
    private TimeScale[] scales = new TimeScale[8];
    private int count;
    private int sectionStart;
    private int describedInSection;

    InterfaceTable(int limit) {
        this.limit = limit;
    }

    void newSection() {
        sectionStart = count;
        describedInSection = 0;
    }

    /** Whether one more can be remembered; beyond that its packets count as those of an unknown interface. */
    boolean hasRoom() {
        return count < limit;
    }

    int nextIndex() {
        return count;
    }

    void add(CaptureInterface described, TimeScale scale) {
        if (count == this.described.length) {
            this.described = Arrays.copyOf(this.described, 2 * count);
            scales = Arrays.copyOf(scales, 2 * count);
        }
        this.described[count] = described;
        scales[count] = scale;
        count++;
        describedInSection++;
        all.add(described);
    }

    /** Our index for an interface of the current section; -1 if the section does not describe it. */
    int index(int idInSection) {
        return idInSection >= 0 && idInSection < describedInSection ? sectionStart + idInSection : -1;
    }

    CaptureInterface get(int index) {
        return described[index];
    }

    TimeScale scale(int index) {
        return scales[index];
    }

    List<CaptureInterface> all() {
        return Collections.unmodifiableList(all);
    }
}
