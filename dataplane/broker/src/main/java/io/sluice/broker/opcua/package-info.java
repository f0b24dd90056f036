/**
 * What an OPC UA server says of its own address, put right for a client behind a tunnel: OPC 10000-4 §5.5 (discovery) and
 * §5.7.2 (CreateSession), carried as OPC 10000-6 §6.7 and §7.1 say.
 *
 * <p>{@link io.sluice.broker.opcua.Discovery} is all that a connection needs. It comes after the verdict, knows no rules and
 * decides nothing: what it cannot put right goes on as the device sent it.
 */
@NullMarked
package io.sluice.broker.opcua;

import org.jspecify.annotations.NullMarked;
