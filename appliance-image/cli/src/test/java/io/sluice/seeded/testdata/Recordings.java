package io.sluice.seeded.testdata;

/** What the seeded violations point to. */
public final class Recordings {}
