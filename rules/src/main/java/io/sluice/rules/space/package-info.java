/**
 * Sets of requests as boxes: products of sets of numbers, one for each axis. What rules mean together, and how that
 * differs from what others mean, is worked out here exactly, whatever the axes stand for.
 */
@NullMarked
package io.sluice.rules.space;

import org.jspecify.annotations.NullMarked;
