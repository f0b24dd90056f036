/**
 * The plant's own programs, each a process of its own: a controller and a panel by j2mod, an OPC UA server and its client by
 * Milo, and a laptop that nobody announced. They know nothing of a firewall.
 */
@NullMarked
package io.sluice.demo.peer;

import org.jspecify.annotations.NullMarked;
