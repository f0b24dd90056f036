package io.sluice.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChecksumsTest {
    /** RFC 1071 §1 word by word, at every length and place, between bytes that do not belong to it. */
    @Test
    void theSumIsThatOfTheBytesAsWordsWhateverTheirNumberAndPlace() {
        SplittableRandom random = new SplittableRandom(1);
        byte[] bytes = new byte[256];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(bytes.length);
            for (int round = 0; round < 20; round++) {
                random.nextBytes(bytes);
                MemorySegment.copy(bytes, 0, memory, JAVA_BYTE, 0, bytes.length);
                for (int length = 0; length < 200; length++) {
                    int at = random.nextInt(bytes.length - length + 1);
                    long start = random.nextLong(1L << 34);
                    assertEquals(wordByWord(bytes, at, length, start), Checksums.sum(memory, at, length, start),
                            length + " bytes at " + at);
                }
            }
        }
    }

    private static int wordByWord(byte[] bytes, int at, int length, long start) {
        long sum = start;
        for (int i = 0; i < length; i++) {
            sum += (long) Byte.toUnsignedInt(bytes[at + i]) << ((i & 1) == 0 ? 8 : 0);
        }
        while (sum > 0xFFFF) {
            sum = (sum >>> 16) + (sum & 0xFFFF);
        }
        return (int) sum;
    }
}
