/**
 * Ways to say one thing to a firewall and another to the host behind it, played by a TCP of our own that can be as wrong as
 * it likes against servers that are real. {@link io.sluice.integration.evasion.Cases} is the list.
 */
@NullMarked
package io.sluice.integration.evasion;

import org.jspecify.annotations.NullMarked;
