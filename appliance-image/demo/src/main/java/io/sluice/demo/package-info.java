/**
 * A small plant on one machine, with the firewall in the wire: namespaces of the kernel as its networks, other people's
 * programs as its devices, and the same {@code sluice inline} as anywhere. Nothing is judged here: what passes and why is
 * what the firewall itself reports.
 */
@NullMarked
package io.sluice.demo;

import org.jspecify.annotations.NullMarked;
