package io.sluice.broker;

/**
 * What has crossed.
 *
 * @param allowed requests that passed
 * @param refused messages that did not
 * @param toDevice bytes
 * @param toClient bytes
 * @param passages connections to devices that stand now; for one of them: 1, or 0 when it is over
 */
public record Tally(long allowed, long refused, long toDevice, long toClient, int passages) {
    public static final Tally NOTHING = new Tally(0, 0, 0, 0, 0);

    /** Both together. */
    public Tally plus(Tally other) {
        return new Tally(allowed + other.allowed, refused + other.refused, toDevice + other.toDevice,
                toClient + other.toClient, passages + other.passages);
    }
}
