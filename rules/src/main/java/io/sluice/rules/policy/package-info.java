/**
 * A policy as people write it: records, the YAML reader, problems with file, line and column. Plain Java for humans;
 * nothing here runs for a packet.
 */
@NullMarked
package io.sluice.rules.policy;

import org.jspecify.annotations.NullMarked;
