/**
 * What a jump session was, for somebody who has nothing but the firewall's public key: one zip file with the session's records,
 * a proof for each, its recordings and a report, and the check of it. docs/broker.md describes the file.
 */
@org.jspecify.annotations.NullMarked
package io.sluice.journal.evidence;
