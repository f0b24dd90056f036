/** What the journal says, record by record, for all that manage shows, counts, exports or warns of. */
@NullMarked
package io.sluice.manage.event;

import org.jspecify.annotations.NullMarked;
