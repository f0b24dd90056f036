package io.sluice.rules.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.rules.policy.Matcher.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BoxTest {
    private static final int SIZE = 6;

    @Test
    void equalSetsAreEqualHoweverTheyWereMade() {
        assertEquals(Side.of(0, 9), Side.union(List.of(new Range(5, 9), new Range(0, 2), new Range(3, 4))));
        assertEquals(Side.EVERYTHING, Side.of(Long.MIN_VALUE, 3).or(Side.of(4, Long.MAX_VALUE)));
        assertEquals(Side.NOTHING, Side.EVERYTHING.without(Side.EVERYTHING));
    }

    @Test
    void setsOfNumbersDoWhatSetsDo() {
        Random random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            Side a = side(random);
            Side b = side(random);
            for (long n = -1; n <= SIZE; n++) {
                assertEquals(a.contains(n) && b.contains(n), a.and(b).contains(n));
                assertEquals(a.contains(n) || b.contains(n), a.or(b).contains(n));
                assertEquals(a.contains(n) && !b.contains(n), a.without(b).contains(n));
            }
            assertEquals(!a.and(b).isEmpty(), a.meets(b));
        }
    }

    @Test
    void whatABoxLacksOfAnotherIsInBoxesApart() {
        Random random = new Random(4);
        for (int i = 0; i < 500; i++) {
            Box a = new Box(List.of(side(random), side(random)));
            Box b = new Box(List.of(side(random), side(random)));
            List<Box> left = a.without(b);
            List<Box> merged = Box.merged(left);
            assertTrue(merged.size() <= left.size());
            for (long x = 0; x < SIZE; x++) {
                for (long y = 0; y < SIZE; y++) {
                    int expected = a.contains(x, y) && !b.contains(x, y) ? 1 : 0;
                    assertEquals(expected, count(left, x, y));
                    assertEquals(expected, count(merged, x, y));
                }
            }
        }
    }

    private static int count(List<Box> boxes, long x, long y) {
        return (int) boxes.stream().filter(b -> b.contains(x, y)).count();
    }

    private static Side side(Random random) {
        List<Range> ranges = new ArrayList<>();
        for (int n = random.nextInt(3); n > 0; n--) {
            int low = random.nextInt(SIZE);
            ranges.add(new Range(low, low + random.nextInt(SIZE - low)));
        }
        return Side.union(ranges);
    }
}
