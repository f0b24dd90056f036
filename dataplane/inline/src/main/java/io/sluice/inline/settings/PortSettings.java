package io.sluice.inline.settings;

import io.sluice.rules.policy.Position;

/**
 * One port.
 *
 * @param name as policies call it
 * @param interfaceName network interface
 * @param mirror judges and reports what comes, never forwards
 */
public record PortSettings(String name, String interfaceName, boolean mirror, Position position) {}
