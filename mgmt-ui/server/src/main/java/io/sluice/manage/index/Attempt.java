package io.sluice.manage.index;

/**
 * Who tried to reach whom although no conduit relates them, for the map of zones.
 *
 * @param from asset or zone of who asks; empty where the policy knows neither
 * @param fromAddress its address, where it was only one
 * @param to of who is asked; empty with its address where the journal only counted them
 * @param denied refused, or would be
 */
public record Attempt(String from, String fromAddress, String to, String toAddress, long denied, long lastMicros) {}
