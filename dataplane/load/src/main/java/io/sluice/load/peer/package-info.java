/** Clients and servers on the kernel's own sockets, each a process of its own. */
@NullMarked
package io.sluice.load.peer;

import org.jspecify.annotations.NullMarked;
