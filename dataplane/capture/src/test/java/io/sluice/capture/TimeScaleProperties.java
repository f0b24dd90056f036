package io.sluice.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** draft-ietf-opsawg-pcapng §4.2, if_tsresol and if_tsoffset, against arithmetic without bounds. */
class TimeScaleProperties {
    private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000L);

    @Test
    void everyResolutionAgreesWithUnboundedArithmetic() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int resolution = 0; resolution < 256; resolution++) {
            for (int i = 0; i < 300; i++) {
                long ticks = random.nextLong() >>> random.nextInt(64);
                long offset = random.nextBoolean() ? 0 : random.nextLong() >> random.nextInt(64);
                check(seed, resolution, ticks, offset);
            }
        }
    }

    @Test
    void extremesAgreeToo() {
        long[] extremes = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, 9_223_372_036L, 9_223_372_037L, -9_223_372_037L};
        for (int resolution = 0; resolution < 256; resolution++) {
            for (long ticks : extremes) {
                for (long offset : extremes) {
                    check(0, resolution, ticks, offset);
                }
            }
        }
    }

    private static void check(long seed, int resolution, long ticks, long offset) {
        BigInteger unit = BigInteger.valueOf((resolution & 0x80) != 0 ? 2 : 10).pow(resolution & 0x7F);
        BigInteger exact = new BigInteger(Long.toUnsignedString(ticks)).multiply(NANOS).divide(unit)
                .add(BigInteger.valueOf(offset).multiply(NANOS));
        long actual = new TimeScale(resolution, offset).nanos(ticks);
        String what = "seed " + seed + ", resolution " + resolution + ", ticks " + ticks + ", offset " + offset;
        if (actual == Long.MAX_VALUE) {
            // The last two seconds before the end of the range may be given up for speed
            assertTrue(exact.add(NANOS.shiftLeft(1)).bitLength() > 63 && exact.signum() > 0, what);
        } else if (actual == Long.MIN_VALUE) {
            assertTrue(exact.subtract(NANOS.shiftLeft(1)).bitLength() > 63 && exact.signum() < 0, what);
        } else {
            assertEquals(exact, BigInteger.valueOf(actual), what);
        }
    }
}
