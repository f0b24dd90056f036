package io.sluice.capture;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

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
            case GZIP -> new GZIPInputStream(new NeverAtEnd(in), GZIP_BUFFER);
            case ZSTD -> new ZstdInputStreamNoFinalizer(in);
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
}
