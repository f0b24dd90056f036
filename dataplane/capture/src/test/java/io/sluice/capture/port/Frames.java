package io.sluice.capture.port;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Frames to try with, and how they go in and out of a port. */
final class Frames {
    static final String ADDRESSES = "02000000000b" + "02000000000a";
    /** Local experimental ethertype 1: IEEE 802, table of clause 9.2. */
    static final String EXPERIMENTAL = "88b5";
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private Frames() {}

    /** Begins with what {@code hex} says, and goes on with bytes that follow from {@code seed}. */
    static byte[] frame(String hex, int length, int seed) {
        byte[] frame = new byte[length];
        byte[] begin = HexFormat.of().parseHex(hex);
        System.arraycopy(begin, 0, frame, 0, begin.length);
        for (int i = begin.length; i < length; i++) {
            frame[i] = (byte) (seed * 31 + i * 7);
        }
        return frame;
    }

    static byte[] frame(int length, int seed) {
        return frame(ADDRESSES + EXPERIMENTAL + "%08x".formatted(seed), length, seed);
    }

    static List<String> hex(List<byte[]> frames) {
        return frames.stream().map(HexFormat.of()::formatHex).toList();
    }

    /** So many frames, or as many as came; all released. */
    static List<byte[]> receive(Port port, int count) {
        List<byte[]> frames = new ArrayList<>();
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (frames.size() < count && System.nanoTime() < end) {
            int batch = port.receive();
            for (int i = 0; i < batch; i++) {
                frames.add(copy(port, i));
                port.release(port.handle(i));
            }
        }
        return frames;
    }

    static byte[] copy(Port port, int i) {
        return Memory.ALL.asSlice(port.at(i), port.length(i)).toArray(JAVA_BYTE);
    }

    /** Sends from memory of our own. */
    static void send(Sender sender, byte[] frame) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(Port.HEADROOM + frame.length, 16);
            MemorySegment.copy(frame, 0, memory, JAVA_BYTE, Port.HEADROOM, frame.length);
            sender.send(memory.address() + Port.HEADROOM, frame.length);
            sender.flush();
        }
    }
}
