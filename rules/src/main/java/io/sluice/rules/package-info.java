/** The decision: a pure function of policy, facts and time. Nothing here allocates, locks or reads a clock per message. */
@NullMarked
package io.sluice.rules;

import org.jspecify.annotations.NullMarked;
