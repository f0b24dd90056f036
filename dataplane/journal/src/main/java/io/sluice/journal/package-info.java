/** The journal: what happened, as EVE-compatible JSON lines in append-only segments under a signed hash tree. */
@NullMarked
package io.sluice.journal;

import org.jspecify.annotations.NullMarked;
