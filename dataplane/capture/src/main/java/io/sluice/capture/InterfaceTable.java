package io.sluice.capture;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The interfaces of a pcapng file: numbered from 0 in each section by the file, through all sections by us. */
final class InterfaceTable {
    private final List<CaptureInterface> described = new ArrayList<>();
    private final List<CaptureInterface> view = Collections.unmodifiableList(described);
    private final List<TimeScale> scales = new ArrayList<>();
    private final int limit;
    private int sectionStart;

    InterfaceTable(int limit) {
        this.limit = limit;
    }

    /** From here on, interfaces described before are unknown: draft-ietf-opsawg-pcapng §4.1. */
    void newSection() {
        sectionStart = described.size();
    }

    /** Whether one more can be remembered; beyond that its packets count as those of an unknown interface. */
    boolean hasRoom() {
        return described.size() < limit;
    }

    int nextIndex() {
        return described.size();
    }

    void add(CaptureInterface one, TimeScale scale) {
        described.add(one);
        scales.add(scale);
    }

    /** Our index for an interface of the current section; -1 if the section does not describe it. */
    int index(int idInSection) {
        return idInSection >= 0 && idInSection < described.size() - sectionStart ? sectionStart + idInSection : -1;
    }

    CaptureInterface get(int index) {
        return described.get(index);
    }

    TimeScale scale(int index) {
        return scales.get(index);
    }

    List<CaptureInterface> all() {
        return view;
    }
}
