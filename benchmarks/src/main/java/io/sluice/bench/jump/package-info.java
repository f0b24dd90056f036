/** The gateway for jump sessions beside what it is compared with: the same controller directly, and plain SSH forwarding. */
@NullMarked
package io.sluice.bench.jump;

import org.jspecify.annotations.NullMarked;
