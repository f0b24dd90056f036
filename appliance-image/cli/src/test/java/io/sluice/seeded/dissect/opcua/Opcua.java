package io.sluice.seeded.dissect.opcua;

/** What the seeded violations point to. */
public final class Opcua {}
