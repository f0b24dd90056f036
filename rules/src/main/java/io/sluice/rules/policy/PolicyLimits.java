package io.sluice.rules.policy;

/**
 * How large a policy may be. A policy is read by the firewall itself, so a hostile or damaged file must neither fill
 * its memory nor keep it busy.
 *
 * @param characters of the whole text
 * @param depth of lists and maps inside one another; the language itself needs seven
 * @param nodes values, keys, lists and maps together
 * @param valueLength characters of a single value
 * @param nameLength characters of a name or id
 * @param networks of one zone
 * @param problems that are reported before reading says "and more"
 */
public record PolicyLimits(int characters, int depth, int nodes, int valueLength, int nameLength, int networks,
        int problems) {
    /** Room for some ten thousand rules. */
    public static final PolicyLimits DEFAULT = new PolicyLimits(4 << 20, 12, 500_000, 1_000, 64, 256, 100);
}
