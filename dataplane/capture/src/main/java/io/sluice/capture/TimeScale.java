package io.sluice.capture;

/**
 * Turns a pcapng timestamp into nanoseconds since 1970: draft-ietf-opsawg-pcapng, options {@code if_tsresol} (9) and
 * {@code if_tsoffset} (14). Whatever the file says, nothing overflows: a time outside the years 1678 to 2262 becomes
 * {@link Long#MIN_VALUE} or {@link Long#MAX_VALUE}.
 */
final class TimeScale {
    /** The resolution of an interface that names none: 10^-6 s. */
    static final int MICROSECONDS = 6;
    private static final int BINARY = 0x80;
    private static final long NANOS = 1_000_000_000L;
    private static final int NANO_DIGITS = 9;
    /** 10^19 is the largest power of ten in 64 unsigned bits. */
    private static final int LARGEST_POWER = 19;

    private final int resolution;
    private final long offsetSeconds;
    /** Nanoseconds per unit, and the largest count for which the product fits; 0 where the long way must be taken. */
    private final long multiplier;
    private final long safeTicks;

    TimeScale(int resolution, long offsetSeconds) {
        this.resolution = resolution;
        this.offsetSeconds = offsetSeconds;
        this.multiplier = resolution <= NANO_DIGITS && offsetSeconds == 0 ? power(NANO_DIGITS - resolution) : 0;
        this.safeTicks = multiplier == 0 ? -1 : Long.MAX_VALUE / multiplier;
    }

    /** @param ticks unsigned count of units */
    long nanos(long ticks) {
        if (ticks >= 0 && ticks <= safeTicks) {
            return ticks * multiplier;
        }
        return (resolution & BINARY) != 0 ? binary(ticks, resolution & ~BINARY) : decimal(ticks);
    }

    private long decimal(long ticks) {
        if (resolution > LARGEST_POWER) {
            int drop = resolution - NANO_DIGITS;
            return total(0, drop > LARGEST_POWER ? 0 : Long.divideUnsigned(ticks, power(drop)));
        }
        long unit = power(resolution);
        long rest = Long.remainderUnsigned(ticks, unit);
        long nanos = resolution <= NANO_DIGITS
                ? rest * power(NANO_DIGITS - resolution)
                : Long.divideUnsigned(rest, power(resolution - NANO_DIGITS));
        return total(Long.divideUnsigned(ticks, unit), nanos);
    }

    private long binary(long ticks, int bits) {
        long fraction = bits < Long.SIZE ? ticks & ((1L << bits) - 1) : ticks;
        long high = Math.unsignedMultiplyHigh(fraction, NANOS);
        long nanos;
        if (bits == 0) {
            nanos = 0;
        } else if (bits < Long.SIZE) {
            nanos = (high << (Long.SIZE - bits)) | ((fraction * NANOS) >>> bits);
        } else {
            nanos = high >>> (bits - Long.SIZE);
        }
        return total(bits < Long.SIZE ? ticks >>> bits : 0, nanos);
    }

    /** @param seconds unsigned: with the sign bit set, only a negative offset can bring them back into range */
    private long total(long seconds, long nanos) {
        long sum = seconds + offsetSeconds;
        boolean tooLate = (sum < 0 && (seconds < 0 || offsetSeconds > 0)) || (seconds < 0 && offsetSeconds >= 0);
        if (tooLate || sum > Long.MAX_VALUE / NANOS - 1) {
            return Long.MAX_VALUE;
        }
        return sum < Long.MIN_VALUE / NANOS + 1 ? Long.MIN_VALUE : sum * NANOS + nanos;
    }

    private static long power(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }
}
