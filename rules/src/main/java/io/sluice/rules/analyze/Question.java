package io.sluice.rules.analyze;

import java.util.Optional;

/**
 * May {@code from} do this to {@code to}?
 *
 * @param from name of a zone or asset
 * @param to name of a zone or asset
 * @param protocol in whose words {@code does} is; empty: whichever understands it
 * @param does one request, such as {@code write unit 1 holding 100 = 1500}
 */
public record Question(String from, String to, Optional<String> protocol, String does) {}
