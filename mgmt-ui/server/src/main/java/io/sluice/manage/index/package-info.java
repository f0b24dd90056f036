/**
 * The index of the journal in DuckDB (docs/events.md): search, counts and history for the UI. It has nothing of its own, can be
 * deleted at any time, and is then built anew from the journal.
 */
@NullMarked
package io.sluice.manage.index;

import org.jspecify.annotations.NullMarked;
