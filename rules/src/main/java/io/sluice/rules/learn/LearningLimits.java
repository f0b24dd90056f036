package io.sluice.rules.learn;

/**
 * How much is remembered at most. What is beyond is counted and told.
 *
 * @param hosts addresses
 * @param conversations of all hosts
 * @param shapes of requests, over all conversations
 * @param families of shapes
 * @param items that are written, over all conversations
 * @param seconds of one family for which messages are counted
 * @param texts that are written to one item
 * @param besides sorts of traffic beside flows
 */
public record LearningLimits(int hosts, int conversations, int shapes, int families, int items, int seconds, int texts,
        int besides) {
    /** Some 520 MiB of heap where every limit is reached at once, as measured. */
    public static final LearningLimits DEFAULT = new LearningLimits(20_000, 20_000, 200_000, 4_096, 100_000, 4_096, 16,
            256);
}
