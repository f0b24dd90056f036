package io.sluice.rules.learn;

/**
 * When something was seen.
 *
 * @param nanos since 1970-01-01T00:00Z
 * @param frame number of the frame, or of the record
 */
public record Moment(long nanos, long frame) implements Comparable<Moment> {
    @Override
    public int compareTo(Moment other) {
        int time = Long.compare(nanos, other.nanos);
        return time != 0 ? time : Long.compare(frame, other.frame);
    }

    long second() {
        return Math.floorDiv(nanos, 1_000_000_000L);
    }
}
