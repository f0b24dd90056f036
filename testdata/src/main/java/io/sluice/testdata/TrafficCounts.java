package io.sluice.testdata;

/** What was generated so far. */
final class TrafficCounts {
    long packets;
    long bytes;
    long connections;
    long requests;
    long refusals;
}
