package io.sluice.manage.assets;

/** How often something was done, and when; microseconds since 1970-01-01T00:00Z. Mutable, and kept in files by its fields. */
final class Use {
    long count;
    long denied;
    long first = Long.MAX_VALUE;
    long last = -1;

    void add(long times, boolean refused, long micros) {
        count += refused ? 0 : times;
        denied += refused ? times : 0;
        seen(micros);
    }

    void seen(long micros) {
        first = Math.min(first, micros);
        last = Math.max(last, micros);
    }

    void add(Use other) {
        count += other.count;
        denied += other.denied;
        first = Math.min(first, other.first);
        last = Math.max(last, other.last);
    }
}
