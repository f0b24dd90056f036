package io.sluice.journal;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What an operator says of the journal.
 *
 * @param folder where it lies; made if it is missing
 * @param detail which permitted messages are written one by one
 * @param keep how long a segment is kept after its last record
 * @param sharePercent the most that all segments may take of their filesystem
 * @param bytes of refused and of writing messages, the first so many octets are kept with their record; 0 to 256
 * @param origin the name that checkpoints are signed under: no spaces, no {@code +}
 */
public record JournalSettings(Path folder, Detail detail, Duration keep, int sharePercent, int bytes, String origin) {
    /** Which permitted messages are written one by one; refused ones always are. */
    public enum Detail {
        /** Those that change a device; the others are counted for each flow. */
        WRITES,
        /** All, answers included. */
        ALL
    }

    public static final Duration KEEP = Duration.ofDays(90);
    public static final int SHARE_PERCENT = 40;
    /** A Modbus message nearly whole, of an OPC UA request what names service and first items. */
    public static final int BYTES = 256;

    public JournalSettings {
        if (sharePercent < 1 || sharePercent > 100) {
            throw new IllegalArgumentException("a share of " + sharePercent + " %");
        }
        if (keep.isNegative() || keep.isZero()) {
            throw new IllegalArgumentException("nothing would be kept");
        }
        if (bytes < 0 || bytes > BYTES) {
            throw new IllegalArgumentException(bytes + " bytes of a message");
        }
        if (!VerifierKey.validName(origin)) {
            throw new IllegalArgumentException("`" + origin + "` cannot be signed under: no spaces and no `+`");
        }
    }

    /** With as many bytes of messages as there can be. */
    public JournalSettings(Path folder, Detail detail, Duration keep, int sharePercent, String origin) {
        this(folder, detail, keep, sharePercent, BYTES, origin);
    }

    /** The usual: writes and refusals one by one, kept for 90 days on at most 40 % of the filesystem. */
    public static JournalSettings in(Path folder, String origin) {
        return new JournalSettings(folder, Detail.WRITES, KEEP, SHARE_PERCENT, origin);
    }
}
