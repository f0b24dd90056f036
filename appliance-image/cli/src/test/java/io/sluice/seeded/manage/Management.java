package io.sluice.seeded.manage;

/** What the seeded violations point to. */
public final class Management {}
