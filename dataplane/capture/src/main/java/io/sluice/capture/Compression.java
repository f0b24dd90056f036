package io.sluice.capture;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** How a capture is packed, told by its first bytes and not by its name. */
enum Compression {
    NONE,
    /** RFC 1952 §2.3.1: ID1 = 0x1f, ID2 = 0x8b; several members may follow one another (§2.2). */
    GZIP,
    /** RFC 8878 §3.1.1: 0xFD2FB528, little-endian; also the skippable frames of §3.1.2 that pzstd puts first. */
    ZSTD;

    private static final int ZSTD_FRAME = 0xFD2FB528;
    private static final int ZSTD_SKIPPABLE = 0x184D2A50;
    private static final int GZIP_BUFFER = 1 << 16;

    /** @param magic the first four bytes, little-endian */
    static Compression of(int magic) {
        if ((magic & 0xFFFF) == 0x8B1F) {
            return GZIP;
        }
        return magic == ZSTD_FRAME || (magic & 0xFFFF_FFF0) == ZSTD_SKIPPABLE ? ZSTD : NONE;
    }

    InputStream unpack(InputStream in) throws IOException {
        return switch (this) {
            case NONE -> in;
            case GZIP -> new WholeGzip(in);
            case ZSTD -> new ZstdInputStreamNoFinalizer(new LastByteApart(in));
        };
    }

    /** A part of a sentence that says what failed. */
    static String explain(IOException e) {
        String detail = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return switch (e) {
            case EOFException _ -> "the compressed data end too early";
            case ZipException _ -> "the gzip data are damaged (" + detail + ")";
            case ZstdIOException _ -> "the zstd data are damaged or end too early (" + detail + ")";
            default -> "reading failed (" + detail + ")";
        };
    }

    /** All members, all bytes before damage, and an error where something else follows: the JDK's stream stays silent. */
    private static final class WholeGzip extends GZIPInputStream {
        private static final int TRAILER = 8; // RFC 1952 §2.3.1, CRC32 and ISIZE; the JDK leaves them in the inflater
        private boolean checked;
        private @Nullable ZipException damage;

        WholeGzip(InputStream in) throws IOException {
            super(new NeverAtEnd(in), GZIP_BUFFER);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (damage != null) {
                throw damage;
            }
            int read = readBeforeDamage(target, offset, length);
            if (read < 0 && !checked) {
                checked = true;
                if (inf.getRemaining() > TRAILER || in.read() >= 0) {
                    throw new ZipException("after its last member, bytes follow that are not gzip");
                }
            }
            return read;
        }

        /** What was decompressed before the damage is in the target already; the JDK's stream would not say so. */
        private int readBeforeDamage(byte[] target, int offset, int length) throws IOException {
            long before = inf.getBytesWritten();
            try {
                return super.read(target, offset, length);
            } catch (ZipException e) {
                long saved = inf.getBytesWritten() - before;
                if (saved <= 0 || saved > length) {
                    throw e;
                }
                damage = e;
                return (int) saved;
            }
        }
    }

    /**
     * Always has a byte to give, as far as it says: {@code GZIPInputStream} takes 0 for the end of the file and would
     * drop the members that follow, and a pipe answers 0 while it waits.
     */
    private static final class NeverAtEnd extends FilterInputStream {
        NeverAtEnd(InputStream in) {
            super(in);
        }

        @Override
        public int available() throws IOException {
            return Math.max(1, in.available());
        }
    }

    /**
     * Gives the last byte in a read of its own. The zstd stream forgets that a second frame began in the same read that
     * ended the first one, and would take a cut in there for a clean end; one more read makes it look again.
     */
    private static final class LastByteApart extends FilterInputStream {
        private int held = -1;
        private boolean started;

        LastByteApart(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int first = started ? held : in.read();
            started = true;
            if (first < 0) {
                return -1;
            }
            target[offset] = (byte) first;
            int more = length == 1 ? 0 : in.read(target, offset + 1, length - 1);
            if (more > 0) {
                held = Byte.toUnsignedInt(target[offset + more]);
                return more;
            }
            held = more == 0 ? in.read() : -1;
            return 1;
        }
    }
}
