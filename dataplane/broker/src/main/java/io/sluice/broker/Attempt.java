package io.sluice.broker;

/**
 * Something that a session does not give.
 *
 * @param what a stable word: {@code other-target}, {@code shell}, {@code exec}, {@code subsystem}, {@code remote-forward},
 *     {@code agent}, {@code x11}, {@code environment}, {@code terminal}, {@code channel}, {@code request}, {@code too-many},
 *     {@code not-bound} or {@code not-reachable}
 * @param detail name and port, or what exactly was asked for; at most 200 printable characters
 */
public record Attempt(String what, String detail) {}
