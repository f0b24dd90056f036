package io.sluice.manage.export;

/**
 * How an export is doing.
 *
 * @param sent records that were handed over
 * @param lost records that found the queue full, or that the target refused for good
 * @param waiting records in the queue
 * @param trouble why nothing goes out, in a sentence; empty: nothing is wrong
 */
public record ExportStatus(String name, String kind, String target, String filter, State state, long sent, long lost,
        int waiting, String trouble) {

    /** Whether it works. */
    public enum State {
        WORKING("working"),
        /** The target does not take anything; it is tried again. */
        WAITING("waiting"),
        OFF("off");

        private final String word;

        State(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
