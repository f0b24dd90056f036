/** The filter language of the UI (docs/events.md): parsed once, then a test of events and a condition of SQL alike. */
@NullMarked
package io.sluice.manage.query;

import org.jspecify.annotations.NullMarked;
