package io.sluice.manage.index;

import org.jspecify.annotations.Nullable;

/**
 * How far the index is.
 *
 * @param position the number of the journal's record that comes next
 * @param oldest the number of the oldest record that the journal still has
 * @param least so many records the journal has at least
 * @param current whether it has all that the journal had a moment ago; false while it catches up
 * @param skipped records that the journal deleted before they could be read
 * @param rebuilt why it was built anew since the start, in a sentence
 * @param alarm what is wrong, in a sentence
 */
public record IndexState(long position, long oldest, long least, boolean current, long skipped,
        @Nullable String rebuilt, @Nullable String alarm) {
    /**
     * How many records are missing. While the firewall says nothing of its journal, or not yet of the one that is there now,
     * the journal's files say how many there are at least.
     *
     * @param entries that the firewall says its journal has
     */
    public long behind(long entries) {
        return current ? 0 : Math.max(0, Math.max(entries, least) - position);
    }
}
