/**
 * The load generator: one thread that plays the clients on one interface and the servers on another, and counts what comes
 * through in between. Its TCP is its own, as small as can be: real handshakes, sequence numbers and checksums, no options
 * but the segment size, no congestion control.
 */
@NullMarked
package io.sluice.load.gen;

import org.jspecify.annotations.NullMarked;
