package io.sluice.engine;

import io.sluice.dissect.Dissector;
import io.sluice.dissect.Protocol;
import io.sluice.dissect.Session;
import io.sluice.rules.Grant;
import io.sluice.rules.Relation;
import io.sluice.rules.Service;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection, or one UDP or ICMP pair, both directions. Kept in a pool and reused. The client is the side that
 * opened it, as far as that could be seen.
 */
public final class Flow {
    /** Where a TCP connection stands; RFC 9293 §3.3.2, seen from between the two ends. */
    enum State {
        SYN_SENT,
        SYN_RECEIVED,
        ESTABLISHED,
        CLOSED,
        DATAGRAM
    }

    long clientHigh;
    long clientLow;
    long serverHigh;
    long serverLow;
    int clientPort;
    int serverPort;
    int protocol;
    int vlan;
    /** Ethernet addresses of both ends as the first frame had them, or -1. */
    long clientLink;
    long serverLink;
    int hash;

    long number;
    long firstFrame;
    long lastFrame;
    long firstNanos;
    long lastNanos;
    /** When it was last moved to the young end of its list of {@link FlowTable}; an age. */
    long touched;
    long packets;
    long octets;
    long requestsAllowed;
    long requestsRefused;
    /** When it was last told of, by the clock of ages. */
    long toldAge;
    long packetsToServer;
    long octetsToServer;

    /** Where it was seen to come from and go to, if ports tell, as zones of the policy of its era. */
    int clientZone;
    int serverZone;
    int clientPlace;
    int serverPlace;
    /** The policy it was judged by last. */
    Eras.@Nullable Era era;
    /** It was brought under that policy without a packet that would show its zones. */
    boolean zonesAssumed;
    @Nullable
    Relation relation;
    @Nullable
    Service service;
    @Nullable
    Session session;
    /** The protocol that {@link #session} was made for; it outlives the flow, as the object does. */
    @Nullable
    Protocol sessionOf;
    @Nullable
    Dissector dissector;
    /** The certificates that the policy gives for its ends, as the session's protocol numbers them; -1: none. */
    int clientCertificate = -1;
    int serverCertificate = -1;

    State state = State.SYN_SENT;
    int clientStart;
    int serverStart;
    /** A SYN with another number came while the connection stood: the client may have lost it. */
    boolean challenged;
    int challenge;
    int challengeScale;
    boolean challengeStamped;
    int challengeStamp;
    /** The server answered a SYN with the acknowledgement of a connection that it still has. */
    boolean stands;
    int standsAt;
    boolean midstream;
    /** A message of each direction was understood, so what follows is not midstream any more. */
    boolean settled;

    /** Verdict on a flow that is not inspected. */
    boolean plainAllowed;
    int plainRule;
    boolean plainDecided;
    /** A listener knows the verdict. */
    boolean plainTold;
    boolean plainTrusted;
    long plainWindows;

    /** The firewall has ended this flow (or, observing, would have). */
    boolean ended;
    /** It did so without a packet at hand, and the peers have not been told. */
    boolean ending;
    /** The jump session that it belongs to. */
    @Nullable
    OpenGrant grant;
    @Nullable
    Flow grantNext;
    @Nullable
    Flow grantBefore;
    /** Tells it from all flows that this object was or will be. */
    long serial;
    /** Its ends were told so. */
    boolean resetSent;
    /** VLAN tags of its frames, protocol identifier and control, the outer in the upper half; 0: none. */
    long tags;
    /** Its number on a {@link MessageTape}, from 1; 0: it has none. */
    int taped;

    final Half toServer = new Half();
    final Half toClient = new Half();

    @Nullable
    Flow older;
    @Nullable
    Flow newer;
    int expiry;

    Flow() {}

    void reset(BufferPool pool) {
        toServer.reset(pool);
        toClient.reset(pool);
        if (session != null) {
            session.reset();
        }
        relation = null;
        service = null;
        dissector = null;
        packets = octets = packetsToServer = octetsToServer = requestsAllowed = requestsRefused = 0;
        midstream = settled = ended = ending = resetSent = false;
        tags = 0;
        taped = 0;
        challenged = stands = false;
        plainAllowed = plainDecided = plainTold = plainTrusted = zonesAssumed = false;
        plainRule = -1;
        plainWindows = 0;
        clientStart = serverStart = 0;
    }

    /** A flow to copy the descriptions of others into: see {@link #copy}. */
    public static Flow forCopies() {
        return new Flow();
    }

    /**
     * Becomes a description of another flow, for hosts that hand events to another thread: who, how much, under which
     * conduits. What judging needs stays behind, and nothing is allocated.
     */
    public void copy(Flow other) {
        clientHigh = other.clientHigh;
        clientLow = other.clientLow;
        serverHigh = other.serverHigh;
        serverLow = other.serverLow;
        clientPort = other.clientPort;
        serverPort = other.serverPort;
        protocol = other.protocol;
        vlan = other.vlan;
        clientLink = other.clientLink;
        serverLink = other.serverLink;
        number = other.number;
        firstFrame = other.firstFrame;
        lastFrame = other.lastFrame;
        firstNanos = other.firstNanos;
        lastNanos = other.lastNanos;
        packets = other.packets;
        octets = other.octets;
        packetsToServer = other.packetsToServer;
        octetsToServer = other.octetsToServer;
        requestsAllowed = other.requestsAllowed;
        requestsRefused = other.requestsRefused;
        clientPlace = other.clientPlace;
        serverPlace = other.serverPlace;
        relation = other.relation;
        service = other.service;
        grant = other.grant;
        state = other.state;
        midstream = other.midstream;
        ended = other.ended;
        plainAllowed = other.plainAllowed;
        plainRule = other.plainRule;
    }

    Half half(boolean fromClient) {
        return fromClient ? toServer : toClient;
    }

    /** It began before it was seen. */
    void joinMidstream() {
        midstream = true;
        if (session != null) {
            session.midstream();
        }
    }

    /** Exchanges client and server, while nothing but the key depends on them. */
    void turn() {
        long high = clientHigh;
        long low = clientLow;
        int port = clientPort;
        clientHigh = serverHigh;
        clientLow = serverLow;
        clientPort = serverPort;
        serverHigh = high;
        serverLow = low;
        serverPort = port;
        long link = clientLink;
        clientLink = serverLink;
        serverLink = link;
        int zone = clientZone;
        clientZone = serverZone;
        serverZone = zone;
        int place = clientPlace;
        clientPlace = serverPlace;
        serverPlace = place;
        packetsToServer = packets - packetsToServer;
        octetsToServer = octets - octetsToServer;
    }

    /** A packet of {@code wire} bytes. */
    void count(boolean fromClient, int wire) {
        packets++;
        octets += wire;
        if (fromClient) {
            packetsToServer++;
            octetsToServer += wire;
        }
    }

    boolean isClient(long high, long low, int port) {
        return port == clientPort && low == clientLow && high == clientHigh;
    }

    /** Numbers from 0 in the order of first packets, TCP and UDP each on their own. */
    public long number() {
        return number;
    }

    public long clientHigh() {
        return clientHigh;
    }

    public long clientLow() {
        return clientLow;
    }

    public long serverHigh() {
        return serverHigh;
    }

    public long serverLow() {
        return serverLow;
    }

    public int clientPort() {
        return clientPort;
    }

    public int serverPort() {
        return serverPort;
    }

    /** IP protocol number. */
    public int protocol() {
        return protocol;
    }

    public int vlan() {
        return vlan;
    }

    /**
     * Ethernet address of the client, or of the router that it is behind, in the lower 48 bits, as the first frame had it; -1
     * where frames have none.
     */
    public long clientLink() {
        return clientLink;
    }

    /** The same of the server; -1 also where the first frame was for a group of stations. */
    public long serverLink() {
        return serverLink;
    }

    public int clientPlace() {
        return clientPlace;
    }

    public int serverPlace() {
        return serverPlace;
    }

    public long packets() {
        return packets;
    }

    /** Bytes on the wire, link headers included. */
    public long octets() {
        return octets;
    }

    void count(MessageEvent event) {
        if (!event.allowed) {
            requestsRefused += event.fromClient ? 1 : 0;
        } else if (event.request && !event.part) {
            requestsAllowed++;
        }
    }

    /** Requests that a rule allowed. */
    public long requestsAllowed() {
        return requestsAllowed;
    }

    /** Messages of the client that were refused, malformed ones included. */
    public long requestsRefused() {
        return requestsRefused;
    }

    /** Of {@link #packets}, those that the client sent. */
    public long packetsToServer() {
        return packetsToServer;
    }

    /** Of {@link #octets}, those that the client sent. */
    public long octetsToServer() {
        return octetsToServer;
    }

    public long firstFrame() {
        return firstFrame;
    }

    public long lastFrame() {
        return lastFrame;
    }

    /** Time of the first packet, nanoseconds since 1970-01-01T00:00Z. */
    public long firstNanos() {
        return firstNanos;
    }

    /** Time of the last packet so far, nanoseconds since 1970-01-01T00:00Z. */
    public long lastNanos() {
        return lastNanos;
    }

    /** What the conduits say of this pair; set from the first packet on. */
    public Relation relation() {
        if (relation == null) {
            throw new IllegalStateException("flow without relation");
        }
        return relation;
    }

    /** The inspected service; null for a flow that is only allowed or refused as a whole. */
    public @Nullable Service service() {
        return service;
    }

    /** Began before it was seen. */
    public boolean midstream() {
        return midstream;
    }

    /** The jump session that it belongs to, and so the person who does what it carries; null for other flows. */
    public @Nullable Grant grant() {
        return grant == null ? null : grant.rules().grant();
    }

    /** For a flow that is not inspected: whether it may pass. */
    public boolean plainAllowed() {
        return plainAllowed;
    }

    /** For a flow that is not inspected: the rule that decided, by its number in the policy in force, or -1. */
    public int plainRule() {
        return plainRule;
    }

    /** The server has answered at all: accepted the connection, or sent a datagram. Taken for granted where it began unseen. */
    public boolean answered() {
        return midstream || serverStart != 0 || (state == State.DATAGRAM && packets > packetsToServer);
    }

    /** The firewall has ended it, or would have. */
    public boolean ended() {
        return ended;
    }
}
