/**
 * Live network interfaces: frames in and out, by several means behind one interface.
 *
 * <p>{@link io.sluice.capture.port.Ports#open} takes the best means that works and says which it took and why. This is the
 * one place of the project that makes native calls.
 */
@NullMarked
package io.sluice.capture.port;

import org.jspecify.annotations.NullMarked;
