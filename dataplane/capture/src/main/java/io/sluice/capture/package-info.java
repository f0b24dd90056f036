/**
 * Capture files in and out: {@link io.sluice.capture.CaptureReader} and {@link io.sluice.capture.PcapngWriter}.
 *
 * <p>Formats: pcap (draft-ietf-opsawg-pcap) in both byte orders with microseconds or nanoseconds, and pcapng
 * (draft-ietf-opsawg-pcapng), plain, gzip (RFC 1952) or zstd (RFC 8878). Link types are the LINKTYPE_ numbers of the
 * tcpdump.org registry (draft-ietf-opsawg-pcaplinktype); frames are handed out as they are and parsed by the engine.
 *
 * <p>The traps, each with a test:
 * <ul>
 * <li>Byte order belongs to the pcap file but to the pcapng <em>section</em>: one file may hold sections of both, and
 * interfaces are numbered anew in each. {@code interfaceIndex} counts through the whole file.
 * <li>The type of the section header block reads the same in both orders, so that its length can only be read after
 * the byte-order magic behind it.
 * <li>A timestamp's unit belongs to the pcapng interface ({@code if_tsresol}): a power of ten, or of two when the top
 * bit is set; {@code if_tsoffset} is in whole seconds. Simple packet blocks carry no time at all.
 * <li>A simple packet block does not say how much of the packet it holds: the smallest of original length, snap length
 * and the block's room.
 * <li>Seconds in pcap are unsigned (until 2106), and the upper bits of its link type speak of frame check sequences.
 * <li>Mapping a file is no shortcut: every page is a fault when first touched, mapped pages count as resident memory, and
 * a file that is made shorter ends in a signal. Files are read through a buffer.
 * <li>{@code GZIPInputStream} trusts {@code available()} to see whether another member follows; a pipe often says 0.
 * It also ends silently at anything that is not a member, and drops what it had decompressed before damage.
 * <li>zstd-jni takes a cut for a clean end when a frame ended in the same read; the last byte is read on its own.
 * <li>{@code BufferedInputStream} waits for a full buffer on streams that claim to have more: a live pipe would stall.
 * <li>Interface names come from whoever wrote the file: control characters are replaced before a terminal sees them.
 * </ul>
 *
 * <p>Bad bytes are never an exception once a file is open: what is wrong becomes a
 * {@link io.sluice.capture.CaptureTrouble} and the rest is used.
 */
@NullMarked
package io.sluice.capture;

import org.jspecify.annotations.NullMarked;
