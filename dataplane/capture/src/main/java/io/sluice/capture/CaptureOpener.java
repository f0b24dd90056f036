package io.sluice.capture;

import io.sluice.capture.CaptureException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;

/** Finds out what a file is and how to read its bytes; turns what goes wrong there into a sentence. */
final class CaptureOpener {
    private static final int MAGIC_BYTES = 4;

    private final CaptureLimits limits;
    private final String name;

    CaptureOpener(CaptureLimits limits, String name) {
        this.limits = limits;
        this.name = name;
    }

    ByteSource open(Path file) throws CaptureException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                throw refuse(Reason.FOLDER, "is a folder; give a capture file in it");
            }
            if (!attributes.isRegularFile()) {
                return stream(Files.newInputStream(file), -1, true); // a named pipe or a device
            }
            return regular(file);
        } catch (NoSuchFileException e) {
            throw refuse(Reason.MISSING, "there is no such file; check the name and the folder");
        } catch (AccessDeniedException e) {
            throw refuse(Reason.PERMISSION,
                    "may not be read by this user; check the rights of the file and its folders");
        } catch (IOException e) {
            throw refuse(Reason.UNREADABLE, Compression.explain(e));
        }
    }

    private ByteSource regular(Path file) throws IOException, CaptureException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            ByteBuffer magic = ByteBuffer.allocate(MAGIC_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            channel.read(magic, 0);
            if (magic.position() > 0 && Compression.of(magic.getInt(0)) == Compression.NONE) {
                refuseUnlessCapture(magic.getInt(0), magic.position());
                return new FileSource(channel, limits.windowBytes());
            }
        } catch (IOException | CaptureException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return stream(Files.newInputStream(file), Files.size(file), true);
    }

    ByteSource stream(InputStream in, long size, boolean closes) throws CaptureException {
        try {
            CountingInputStream raw = new CountingInputStream(in);
            PushbackInputStream packed = new PushbackInputStream(raw, MAGIC_BYTES);
            byte[] magic = peek(packed);
            if (magic.length == 0) {
                throw refuse(Reason.EMPTY, "is empty; nothing was captured, or the file was not copied completely");
            }
            Compression compression = Compression.of(number(magic));
            PushbackInputStream data = compression == Compression.NONE
                    ? packed
                    : new PushbackInputStream(compression.unpack(packed), MAGIC_BYTES);
            byte[] first = compression == Compression.NONE ? magic : peek(data);
            refuseUnlessCapture(number(first), first.length);
            return new StreamSource(data, raw, size, closes);
        } catch (IOException e) {
            close(in, closes);
            throw refuse(Reason.UNREADABLE, Compression.explain(e));
        } catch (CaptureException e) {
            close(in, closes);
            throw e;
        }
    }

    /**
     * The first four bytes, fewer if there are fewer, without consuming them. Not by a buffered stream's mark: reading
     * through one waits for a full buffer, and a live pipe would be held up.
     */
    private static byte[] peek(PushbackInputStream in) throws IOException {
        byte[] first = in.readNBytes(MAGIC_BYTES);
        in.unread(first);
        return first;
    }

    /** Little-endian; bytes that are missing count as 0. */
    private static int number(byte[] first) {
        int number = 0;
        for (int i = 0; i < first.length; i++) {
            number |= Byte.toUnsignedInt(first[i]) << (Byte.SIZE * i);
        }
        return number;
    }

    private void refuseUnlessCapture(int magic, int present) throws CaptureException {
        int other = Integer.reverseBytes(magic);
        if (magic == PcapFormat.MODIFIED || other == PcapFormat.MODIFIED) {
            throw refuse(Reason.UNSUPPORTED, "is in the \"modified\" pcap format of old Linux tools, which is not read"
                    + " here; convert it with: editcap -F pcapng OLD NEW");
        }
        if (other == 0x736E6F6F) { // "snoo"
            throw refuse(Reason.UNSUPPORTED, "is a snoop capture (RFC 1761), which is not read here; convert it with:"
                    + " editcap -F pcapng OLD NEW");
        }
        if (present < MAGIC_BYTES || (!isPcap(magic) && !isPcap(other) && magic != PcapngFormat.SECTION)) {
            throw refuse(Reason.NOT_A_CAPTURE, "is neither pcap nor pcapng (plain, gzip or zstd); it begins with "
                    + hex(magic, present) + hint());
        }
    }

    private static boolean isPcap(int magic) {
        return magic == PcapFormat.MICROSECONDS || magic == PcapFormat.NANOSECONDS;
    }

    private static String hex(int magic, int present) {
        if (present == 0) {
            return "nothing";
        }
        StringBuilder text = new StringBuilder("the bytes");
        for (int i = 0; i < present; i++) {
            text.append(String.format(Locale.ROOT, " %02x", (magic >>> (Byte.SIZE * i)) & 0xFF));
        }
        return text.toString();
    }

    private String hint() {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".gz") || lower.endsWith(".zst") ? ", although its name says that it is compressed" : "";
    }

    private CaptureException refuse(Reason reason, String what) {
        return new CaptureException(reason, name + ": " + what);
    }

    private static void close(InputStream in, boolean closes) {
        if (closes) {
            try {
                in.close();
            } catch (IOException e) {
                return; // the file was refused already; that is what the user is told
            }
        }
    }
}
