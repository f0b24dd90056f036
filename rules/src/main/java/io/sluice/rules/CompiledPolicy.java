package io.sluice.rules;

import io.sluice.dissect.Names;
import io.sluice.dissect.Protocol;
import io.sluice.rules.policy.Mode;
import io.sluice.rules.policy.WhenUnsure;
import java.util.List;

/**
 * A policy ready to decide: immutable, shared by all workers, swapped by one reference. A <em>place</em> is a small
 * number: {@link #NOWHERE}, a zone, or an asset.
 */
public interface CompiledPolicy {
    /** The place of an address that belongs to no asset and no zone. */
    int NOWHERE = 0;

    String name();

    /** SHA-256 of the policy's text, in hexadecimal: it goes into every audit line. */
    String hash();

    Mode mode();

    WhenUnsure whenUnsure();

    Windows windows();

    /** Rules by the numbers that {@link Verdict#rule} gives. */
    List<RuleInfo> rules();

    /** The asset with this address (128-bit form); else the zone whose network holds it; else {@link #NOWHERE}. */
    int place(long addressHigh, long addressLow);

    /** The asset with this address if it belongs to {@code zone}; else {@code zone} itself. For ports bound to zones. */
    int placeIn(int zone, long addressHigh, long addressLow);

    /** The zone of a place; a zone is its own. */
    int zone(int place);

    /** Whether a place is one of the broker's, where only jump sessions come from: nothing passes without a grant. */
    boolean isBroker(int place);

    /** A zone's place by name, or {@link #NOWHERE}. */
    int zoneNamed(String name);

    /** The zone that lists a port of this name, or {@link #NOWHERE}; where VLANs share it, one that has untagged frames. */
    int zoneOfPort(String port);

    /**
     * The zone of frames with a VLAN tag at a port, or {@link #NOWHERE}: then they belong nowhere and do not pass.
     *
     * @param vlan identifier of the outer tag; 0 or less: untagged, or tagged with a priority only (IEEE 802.1Q §6.9.3)
     */
    int zoneOfPort(String port, int vlan);

    /**
     * Whether a frame from this address may come from a zone: an asset's only from its own, a jump address only from the
     * broker's, any other from where the zone's {@code networks} hold it, if it has any. The unspecified address and
     * IPv6's link-local ones are believed everywhere, group and loopback addresses nowhere.
     */
    boolean believable(int zone, long addressHigh, long addressLow);

    /** The zone of the asset with this Ethernet address (48 bits), or {@link #NOWHERE}. */
    int zoneOfMac(long mac);

    /** The Ethernet address (48 bits) that the policy gives for the asset with this address; -1 where it gives none. */
    long macOf(long addressHigh, long addressLow);

    /** Whether a conduit leads from one zone to the other, in either direction: then their stations may find each other. */
    boolean connected(int zone, int other);

    /** The name of a place; {@code "?"} for {@link #NOWHERE}. */
    String nameOf(int place);

    /** The names that rules, demands and certificates use in a protocol, as numbers. */
    Names names(Protocol protocol);

    /** A name by its number in {@link #names}; {@code "?"} for a number that has none. */
    String nameText(Protocol protocol, int number);

    /** The number in {@link #names} of the certificate that the policy gives for an asset; -1 where it gives none. */
    int certificate(int place, Protocol protocol);

    /** How many places there are, {@link #NOWHERE} included. */
    int places();

    /** All that the conduits say about traffic from one place to another. Never null: see {@link Relation#conduits}. */
    Relation relation(int from, int to);
}
