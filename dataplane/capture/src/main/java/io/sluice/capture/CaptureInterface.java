package io.sluice.capture;

/**
 * An interface that a capture describes.
 *
 * @param index from 0 through the whole file, over all its sections
 * @param linkType LINKTYPE_ number of the tcpdump.org registry
 * @param snapLength most bytes kept of a packet, 0 for no limit; as the file says, unsigned in 32 bits
 * @param name {@code if_name}, control characters replaced; empty where the file gives none
 * @param decimals of a second, with which its packets' times are told: 6 for microseconds; 9 for nanoseconds, and for all
 *     that is finer or no power of ten
 */
public record CaptureInterface(int index, int linkType, long snapLength, String name, int decimals) {}
