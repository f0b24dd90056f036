package io.sluice.replay;

import io.sluice.capture.CaptureException;
import io.sluice.capture.CaptureReader;

/** A capture that can be opened: a file, or standard input. */
public interface CaptureSource {
    /** As the user named it. */
    String name();

    CaptureReader open() throws CaptureException;
}
