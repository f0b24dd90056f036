/**
 * Captures through the engine: what the messages are ({@link io.sluice.replay.Dissection}) and what a policy makes of
 * them ({@link io.sluice.replay.Replay}), as text, JSON or a page to print.
 */
@NullMarked
package io.sluice.replay;

import org.jspecify.annotations.NullMarked;
