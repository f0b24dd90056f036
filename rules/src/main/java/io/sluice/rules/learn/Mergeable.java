package io.sluice.rules.learn;

import java.io.IOException;

/** A sum of observations that can be put together with another, in any order. */
interface Mergeable<V> {
    /** Adds what the other has; the other stays as it is. */
    void merge(V other);

    /** How many observations are in it. */
    long count();

    void write(Keep out) throws IOException;

    /** Takes over what was written; this must be empty. */
    void read(Kept in) throws IOException;
}
