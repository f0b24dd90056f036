/**
 * What every protocol offers to the firewall: a view over bytes, the facts of a message, and the words a policy may use.
 *
 * <p>Nothing here opens a socket, reads a clock or logs. Bytes are native {@link java.lang.foreign.MemorySegment}s
 * addressed by absolute offsets; nothing is allocated per message. What is wrong with a message is a value
 * ({@link io.sluice.dissect.Malformed}), never an exception.
 */
@NullMarked
package io.sluice.dissect;

import org.jspecify.annotations.NullMarked;
