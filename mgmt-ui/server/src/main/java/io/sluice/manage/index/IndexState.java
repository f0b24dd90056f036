package io.sluice.manage.index;

import org.jspecify.annotations.Nullable;

/**
 * How far the index is.
 *
 * @param position the number of the journal's record that comes next
 * @param oldest the number of the oldest record that the journal still has
 * @param current whether it has all that the journal had a moment ago; false while it catches up
 * @param skipped records that the journal deleted before they could be read
 * @param rebuilt why it was built anew since the start, in a sentence
 * @param alarm what is wrong, in a sentence
 */
public record IndexState(long position, long oldest, boolean current, long skipped, @Nullable String rebuilt,
        @Nullable String alarm) {}
