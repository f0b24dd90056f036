/**
 * What leaves a packet thread beside packets: events in rings, and counters. A full ring drops and counts the event, never
 * the packet.
 */
@NullMarked
package io.sluice.inline.event;

import org.jspecify.annotations.NullMarked;
