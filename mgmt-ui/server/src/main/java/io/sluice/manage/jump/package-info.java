/** Jump sessions: remote people reach devices only by a session that somebody approved, for a limited time, and no further. */
@NullMarked
package io.sluice.manage.jump;

import org.jspecify.annotations.NullMarked;
