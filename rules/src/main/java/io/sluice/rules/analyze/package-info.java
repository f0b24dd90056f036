/** What people ask about a compiled policy: why a request is allowed or refused, and whether expectations hold. */
@NullMarked
package io.sluice.rules.analyze;

import org.jspecify.annotations.NullMarked;
