package io.sluice.manage.assets;

import java.time.Instant;
import java.util.List;

/**
 * Who talks to whom.
 *
 * @param source id of the asset that asks
 * @param destination id of the asset that is asked
 * @param protocol {@code modbus}, {@code opcua}, {@code tcp port 443} …
 * @param functions the most used first
 * @param messages requests that were let through and such that were not; of what is not looked into, flows
 * @param denied of these
 */
public record Relation(String source, String destination, String protocol, String conduit, List<String> functions,
        long messages, long denied, Instant firstSeen, Instant lastSeen) {}
