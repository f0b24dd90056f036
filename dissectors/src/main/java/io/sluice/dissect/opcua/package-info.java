/**
 * OPC UA binary over TCP: UACP and UASC, OPC 10000-6 §6.7 and §7.1; services of OPC 10000-4.
 *
 * <p>Traps: roles go by who says Hello, not by who opened the connection; a chunk is the unit of framing and a message
 * of several chunks the unit of meaning; one NodeId has several encodings; RegisterNodes gives a node another name; a
 * security mode other than none leaves the mode itself unreadable until the first message; an abort has no service; and
 * every length in a body is the sender's word only.
 */
@NullMarked
package io.sluice.dissect.opcua;

import org.jspecify.annotations.NullMarked;
