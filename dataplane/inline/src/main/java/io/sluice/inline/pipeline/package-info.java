/**
 * The packet path: frames in at one port, switched, judged, out at another. Two shapes, {@code direct} and {@code sharded}.
 *
 * <p>A frame's way: {@link io.sluice.inline.pipeline.Bridge} finds its port, {@link io.sluice.inline.pipeline.Judge} has the
 * engine judge it and does what the answer says. In {@code direct} one thread does both and sends from the receive ring; in
 * {@code sharded} one thread receives, and each of several judges those frames whose addresses are its own.
 *
 * <p>Nothing here is allocated, locked or logged per frame.
 */
@NullMarked
package io.sluice.inline.pipeline;

import org.jspecify.annotations.NullMarked;
