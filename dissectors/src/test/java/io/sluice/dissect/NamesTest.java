package io.sluice.dissect;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** Names are found by all of their bytes, and nothing else is. */
class NamesTest {
    private static final int LONGEST = 70;

    private static String text(RandomGenerator random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(3)));
        }
        return text.toString();
    }

    // Words overlap at a name's end: each length has to be tried, and each byte of it has to count.
    @Test
    void aNameOfAnyLengthIsFoundAndOneThatDiffersInOneByteIsNot() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
        List<Names.Key> keys = new ArrayList<>();
        for (int length = 0; length < LONGEST; length++) {
            keys.add(new Names.Key(length % 3, text(random, length)));
        }
        Names names = new Names(keys);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(LONGEST + 1);
            for (int n = 0; n < keys.size(); n++) {
                String tail = keys.get(n).tail();
                for (int i = 0; i < tail.length(); i++) {
                    bytes.set(JAVA_BYTE, 1 + i, (byte) tail.charAt(i));
                }
                assertEquals(n, names.find(n % 3, bytes, 1, tail.length()));
                assertEquals(n, names.find(n % 3, Names.folded(bytes, 1, tail.length()), bytes, 1, tail.length()));
                assertEquals(Names.UNKNOWN, names.find(3, bytes, 1, tail.length()));
                for (int i = 0; i < tail.length(); i++) {
                    bytes.set(JAVA_BYTE, 1 + i, (byte) 'x');
                    assertEquals(Names.UNKNOWN, names.find(n % 3, bytes, 1, tail.length()));
                    bytes.set(JAVA_BYTE, 1 + i, (byte) tail.charAt(i));
                }
            }
        }
        assertEquals(0, names.find(0));
        assertEquals(Names.UNKNOWN, Names.NONE.find(0));
    }
}
