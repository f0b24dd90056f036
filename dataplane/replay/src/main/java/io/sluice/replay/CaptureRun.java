package io.sluice.replay;

import io.sluice.capture.CaptureException;
import io.sluice.capture.CaptureReader;
import java.util.ArrayList;
import java.util.List;

/** Reads captures one after another and hands each packet on. Frame numbers run through all of them. */
final class CaptureRun {
    private static final long PROGRESS_MASK = (1 << 16) - 1;

    /** What takes the packets. */
    interface Sink {
        /** The reader stands on a packet; {@code frame} counts through all captures. */
        void packet(CaptureReader reader, long frame);
    }

    private final Progress progress;
    private final List<InputSummary> inputs = new ArrayList<>();
    private long frame;

    CaptureRun(Progress progress) {
        this(progress, 0);
    }

    /** @param before frames that were counted before */
    CaptureRun(Progress progress, long before) {
        this.progress = progress;
        frame = before;
    }

    void run(CaptureSource source, Sink sink) throws CaptureException {
        try (CaptureReader reader = source.open()) {
            long before = frame;
            long octets = 0;
            long first = 0;
            long last = 0;
            while (reader.next()) {
                frame++;
                octets += reader.wire();
                long nanos = reader.epochNanos();
                first = frame == before + 1 ? nanos : Math.min(first, nanos);
                last = Math.max(last, nanos);
                sink.packet(reader, frame);
                if ((frame & PROGRESS_MASK) == 0) {
                    progress.at(frame, reader.position(), reader.size());
                }
            }
            inputs.add(new InputSummary(source.name(), frame - before, octets, first, last, reader.troubles(),
                    reader.troubleCount()));
        }
    }

    List<InputSummary> inputs() {
        return List.copyOf(inputs);
    }

    long frames() {
        return frame;
    }
}
