/** What the management server remembers: SQLite or PostgreSQL, the same schema in both. */
@NullMarked
package io.sluice.manage.store;

import org.jspecify.annotations.NullMarked;
