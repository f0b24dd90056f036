package io.sluice.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A packet copied out of a reader, comparable; reading all of them checks the reader's guarantees on the way. */
record Packet(long number, int interfaceIndex, String interfaceName, int linkType, long epochNanos, int wire,
        String hex) {

    /** Everything that a reader gave: equal for equal content, however it was read. */
    record Reading(List<Packet> packets, List<CaptureTrouble> troubles, long troubleCount) {
        List<CaptureTrouble.Kind> kinds() {
            return troubles.stream().map(CaptureTrouble::kind).toList();
        }

        /** What was handed out: everything but the numbers, which count packets that were left out. */
        List<String> bytes() {
            return packets.stream().map(Packet::hex).toList();
        }
    }

    static Reading all(CaptureReader reader) {
        List<Packet> packets = new ArrayList<>();
        long last = 0;
        while (reader.next()) {
            assertTrue(reader.captured() >= 0 && reader.captured() <= reader.wire(), "0 <= captured <= wire");
            assertTrue(reader.at() >= 0 && reader.at() + reader.captured() <= reader.bytes().byteSize(), "inside");
            assertTrue(reader.number() > last, "numbers ascend");
            last = reader.number();
            assertTrue(reader.bytes().isNative(), "native");
            byte[] bytes = reader.bytes().asSlice(reader.at(), reader.captured()).toArray(ValueLayout.JAVA_BYTE);
            packets.add(new Packet(last, reader.interfaceIndex(), reader.interfaceName(), reader.linkType(),
                    reader.epochNanos(), reader.wire(), HexFormat.of().formatHex(bytes)));
        }
        assertFalse(reader.next(), "the end stays the end");
        assertTrue(reader.troubleCount() >= reader.troubles().size());
        if (reader.size() >= 0) {
            assertTrue(reader.position() <= reader.size(), "progress stays below 100 %");
        }
        for (CaptureTrouble trouble : reader.troubles()) {
            assertFalse(trouble.sentence().isBlank());
            assertTrue(trouble.offset() >= 0, trouble.toString());
        }
        assertEquals(reader.interfaces().size(), reader.interfaces().stream().distinct().count());
        return new Reading(packets, List.copyOf(reader.troubles()), reader.troubleCount());
    }

    static Reading all(Path file) throws CaptureException {
        return all(file, CaptureLimits.DEFAULT);
    }

    static Reading all(Path file, CaptureLimits limits) throws CaptureException {
        try (CaptureReader reader = CaptureReader.open(file, limits)) {
            return all(reader);
        }
    }

    static Reading all(byte[] content) throws CaptureException {
        try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(content), "test")) {
            return all(reader);
        }
    }

    /** The same as it comes through a slow pipe: a few bytes at a time, and nothing announced. */
    static Reading dribbled(byte[] content, CaptureLimits limits) throws CaptureException {
        try (CaptureReader reader = CaptureReader.open(new Dribble(content), "test", limits)) {
            return all(reader);
        }
    }

    /** Gives one to seven bytes at a time and never says that any are at hand. */
    static final class Dribble extends InputStream {
        private final ByteArrayInputStream in;
        private int turn;

        Dribble(byte[] content) {
            in = new ByteArrayInputStream(content);
        }

        @Override
        public int read() {
            return in.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            turn = (turn + 3) % 7;
            return in.read(target, offset, Math.min(length, turn + 1));
        }

        @Override
        public int available() {
            return 0;
        }
    }
}
