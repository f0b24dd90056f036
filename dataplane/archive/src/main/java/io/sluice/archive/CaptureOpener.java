package io.sluice.archive;

import io.sluice.capture.CaptureException;
import io.sluice.capture.CaptureReader;

/** Opens a capture of an archive, wherever that lies. */
@FunctionalInterface
public interface CaptureOpener {
    CaptureReader open(ArchiveFile file) throws CaptureException;
}
