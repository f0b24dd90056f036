package io.sluice.capture.port;

/**
 * A port, and how it came to be what it is.
 *
 * @param why for people: the means that was taken, and what was in the way of better ones
 */
public record Opened(Port port, String why) {}
