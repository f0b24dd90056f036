package io.sluice.rules.learn;

/**
 * One address.
 *
 * @param high upper half of its 128-bit form
 * @param low lower half
 * @param text as people write it
 */
public record Host(long high, long low, String text) implements Ranked, Comparable<Host> {
    @Override
    public long rank() {
        return Ranked.mix(Ranked.mix(1, high), low);
    }

    @Override
    public int compareTo(Host other) {
        int upper = Long.compareUnsigned(high, other.high);
        return upper != 0 ? upper : Long.compareUnsigned(low, other.low);
    }
}
