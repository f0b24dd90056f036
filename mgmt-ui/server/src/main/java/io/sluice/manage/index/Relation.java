package io.sluice.manage.index;

/**
 * Who asked whom, for the map of zones.
 *
 * @param from asset or zone of who asks, else its address
 * @param to of who is asked
 * @param conduit of the rules that decided; empty where none did
 * @param protocol the transport where nothing is inspected
 */
public record Relation(String from, String to, String conduit, String protocol, Counts counts, long lastMicros) {}
