package io.sluice.manage.alerts;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is usual, and the inbox. Mutable, and kept in files by its fields. */
public final class Learned {
    /** Time of the first event, microseconds since 1970-01-01T00:00Z; -1: none yet. */
    long began = -1;
    Map<String, AlertState> alerts = new LinkedHashMap<>();
    Map<String, ValueRange> ranges = new LinkedHashMap<>();
    Map<String, Rate> rates = new LinkedHashMap<>();
    /** Notices of pairs, and when they were first seen. */
    Map<String, Long> notices = new LinkedHashMap<>();
    /** By address, the one heard of last at the end. */
    Map<String, Source> sources = new LinkedHashMap<>();
    /** By both addresses, the pair heard of last at the end. */
    Map<String, Refused> refused = new LinkedHashMap<>();
    /** By address, who began to ask which devices, the one heard of last at the end. */
    Map<String, Source> readers = new LinkedHashMap<>();
    /** By relation. */
    Map<String, Places> places = new LinkedHashMap<>();
    long alertsForgotten;
    long rangesLeftOut;
    long sourcesLeftOut;

    /** What one source was refused at, or began to ask. */
    static final class Source {
        /** When last, in that order. */
        Map<String, Long> targets = new LinkedHashMap<>();
        /** It is in a scan; until when. */
        long until = Long.MIN_VALUE;
    }

    /** Refusals of one source at one destination in the window that began with the first. */
    static final class Refused {
        long began;
        long count;
        long changes;
        boolean told;
    }

    /** Under which {@link #rates} has a relation. */
    static String pair(String client, String server, String protocol) {
        return client + ' ' + server + ' ' + protocol;
    }

    /** The values that were written to one address by one client. */
    static final class ValueRange {
        double low;
        double high;
        long writes;
        long first;
    }

    /** At how many places a relation reads. */
    static final class Places {
        int most;
        long since;
    }

    /** How many requests a relation has in a bucket. */
    static final class Rate {
        long bucket = -1;
        long count;
        double mean;
        double variance;
        long buckets;
        boolean told;
    }
}
