package io.sluice.replay;

/** Differences from tshark that are understood, each with the reason why ours is right or cannot be compared. */
final class KnownDifferences {
    private KnownDifferences() {}

    /** The reason, or an empty string for a difference that nobody has explained. */
    static String reason(TruthTable truth, RowComparison.Difference difference) {
        return truth.name().isEmpty() ? difference.toString() : "";
    }
}
