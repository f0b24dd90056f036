/** The firewall's reference: frames pass through the same ports, and nobody looks at them. */
@NullMarked
package io.sluice.load.forward;

import org.jspecify.annotations.NullMarked;
