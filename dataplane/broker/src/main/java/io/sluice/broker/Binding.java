package io.sluice.broker;

/** What became of announcing a connection to the firewall. */
public sealed interface Binding {
    /** It may be opened now. */
    record Bound() implements Binding {}

    /**
     * The source port is in use for another connection: another one may do.
     *
     * @param sentence what the firewall said
     */
    record Taken(String sentence) implements Binding {}

    /**
     * It may not be opened.
     *
     * @param code a stable word, such as {@code unknown-grant} or {@code firewall-unreachable}
     * @param sentence what was said, for people
     */
    record Refused(String code, String sentence) implements Binding {}
}
