package io.sluice.capture;

/**
 * An interface that a capture describes.
 *
 * @param index from 0 through the whole file, over all its sections
 * @param linkType LINKTYPE_ number of the tcpdump.org registry
 * @param snapLength most bytes kept of a packet, 0 for no limit; as the file says, unsigned in 32 bits
 * @param name {@code if_name}, control characters replaced; empty where the file gives none
 */
public record CaptureInterface(int index, int linkType, long snapLength, String name) {}
