package io.sluice.broker;

import java.net.InetSocketAddress;

/**
 * One connection through a door.
 *
 * @param number from 1, within its SSH connection
 * @param source jump address and port from which it left
 */
public record Passage(int number, Door door, InetSocketAddress source) {}
