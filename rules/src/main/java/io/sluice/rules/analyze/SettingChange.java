package io.sluice.rules.analyze;

/**
 * What a policy says of a zone, an asset or of itself, and another says otherwise.
 *
 * @param what such as {@code asset `plc`: mac}
 * @param before as the policy states it; {@code -} for nothing
 * @param after likewise
 */
public record SettingChange(String what, String before, String after) {}
