package io.sluice.broker.opcua;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Copies the fields of a message from one buffer to another, OPC 10000-6 §5.2. What is not there reads as nothing, and
 * {@link #sound} is false from then on; nothing throws and nothing outside is read.
 */
final class Fields {
    private static final int LONGEST_TEXT = 4096;

    private final ByteBuffer in;
    private final int most;
    private ByteBuffer out;
    private boolean sound = true;
    private boolean overfull;

    /**
     * Over a message.
     *
     * @param most bytes that the copy may have
     */
    Fields(byte[] message, int most) {
        in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        out = ByteBuffer.allocate(Math.min(most, message.length + 256)).order(ByteOrder.LITTLE_ENDIAN);
        this.most = most;
    }

    /** Everything read so far was there. */
    boolean sound() {
        return sound;
    }

    /** The copy became too long. */
    boolean overfull() {
        return overfull;
    }

    /** All of the message was read. */
    boolean atEnd() {
        return !in.hasRemaining();
    }

    byte[] copied() {
        return Arrays.copyOf(out.array(), out.position());
    }

    void copy(int bytes) {
        if (bytes < 0 || bytes > in.remaining()) {
            sound = false;
        }
        if (sound && room(bytes)) {
            out.put(out.position(), in, in.position(), bytes);
            out.position(out.position() + bytes);
            in.position(in.position() + bytes);
        }
    }

    int copyByte() {
        int at = in.position();
        copy(1);
        return sound ? in.get(at) & 0xFF : 0;
    }

    int copyInt() {
        int at = in.position();
        copy(Integer.BYTES);
        return sound ? in.getInt(at) : 0;
    }

    /** How many elements an array has; each takes at least so many bytes. */
    int copyCount(int least) {
        int count = copyInt();
        if (count < -1 || (long) count * least > in.remaining()) {
            sound = false;
        }
        return sound ? Math.max(count, 0) : 0;
    }

    /** A String or ByteString: -1 is null. */
    void copyText() {
        int length = copyInt();
        if (length < -1) {
            sound = false;
        } else if (length > 0) {
            copy(length);
        }
    }

    /**
     * Reads a String and leaves it to {@link #write} or {@link #copyText} what is written for it; empty where it is null, or no
     * short text. A character for each byte, so that what is not ASCII stays as it is, sound UTF-8 or not.
     */
    String read() {
        int length = in.remaining() < Integer.BYTES ? -2 : in.getInt(in.position());
        if (!sound || length < -1 || length > in.remaining() - Integer.BYTES) {
            sound = false;
            return "";
        }
        if (length <= 0 || length > LONGEST_TEXT) {
            return "";
        }
        return new String(in.array(), in.position() + Integer.BYTES, length, StandardCharsets.ISO_8859_1);
    }

    /** Passes over the String that {@link #read} answered, and writes another, of such characters. */
    void write(String text) {
        in.position(in.position() + Integer.BYTES + in.getInt(in.position()));
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (room(Integer.BYTES + bytes.length)) {
            out.putInt(bytes.length).put(bytes);
        }
    }

    private boolean room(int bytes) {
        int needed = out.position() + bytes;
        if (needed > most) {
            overfull = true;
            sound = false;
            return false;
        }
        if (needed > out.capacity()) {
            int larger = Math.min(most, Math.max(needed, 2 * out.capacity()));
            out = ByteBuffer.allocate(larger).order(ByteOrder.LITTLE_ENDIAN).put(out.flip());
        }
        return true;
    }
}
