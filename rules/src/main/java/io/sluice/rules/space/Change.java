package io.sluice.rules.space;

/** What becomes of all points of a box. */
public record Change<R>(Box box, R before, R after) {}
