package io.sluice.journal.evidence;

/**
 * A recording in a bundle.
 *
 * @param name without a folder
 * @param bytes its size
 * @param sha256 of its bytes, hexadecimal
 */
record Recorded(String name, long bytes, String sha256) {}
