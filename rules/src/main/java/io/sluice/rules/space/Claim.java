package io.sluice.rules.space;

/**
 * What one rule says of all points of a box.
 *
 * @param before whether the first of two sets of rules says so
 * @param after whether the second does
 */
public record Claim<T>(Box box, T says, boolean before, boolean after) {
    boolean differs() {
        return before != after;
    }
}
