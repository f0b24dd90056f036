/** From a policy as written to the tables that decide; what cannot be enforced is refused here, with the way out. */
@NullMarked
package io.sluice.rules.compile;

import org.jspecify.annotations.NullMarked;
