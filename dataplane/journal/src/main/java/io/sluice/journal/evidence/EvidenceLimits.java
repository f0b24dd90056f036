package io.sluice.journal.evidence;

/** What a bundle may hold. A reader goes no further, whatever the zip file says of itself. */
final class EvidenceLimits {
    static final int RECORDS = 20_000;
    static final int RECORD_BYTES = 32 << 20;
    static final int RECORDINGS = 1_000;
    static final long RECORDING_BYTES = 4L << 30;
    /** Of a manifest, which has a line for each file, and of a report, which has a few for each record. */
    static final int TEXT_BYTES = 64 << 20;
    /** Proofs, recordings, and the four other files. */
    static final int FILES = RECORDS + RECORDINGS + 4;

    private EvidenceLimits() {}
}
