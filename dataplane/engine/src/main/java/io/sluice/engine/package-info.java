/**
 * The whole of a worker: from a captured or received frame to a verdict on every message in it.
 *
 * <p>{@link io.sluice.engine.Engine} parses frames, puts fragments together, finds the flow, holds TCP to one reading
 * and hands whole messages to the {@link io.sluice.engine.Inspector}. Replay, the inline dataplane and the broker drive
 * the same code; they differ only in who fills the byte window and who obeys the answer.
 *
 * <p>No threads, sockets, clock or logging here: time is an argument, so the same frames give the same answers.
 * Nothing is allocated per packet; a new flow may take objects from a pool that grows up to
 * {@link io.sluice.engine.EngineLimits}.
 */
@NullMarked
package io.sluice.engine;

import org.jspecify.annotations.NullMarked;
