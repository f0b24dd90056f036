package io.sluice.dissect.opcua;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.sluice.dissect.Dissector;
import io.sluice.dissect.Facts;
import io.sluice.dissect.Limits.OpcUaLimits;
import io.sluice.dissect.Names;
import io.sluice.dissect.OrderedNumber;
import io.sluice.dissect.Renumbering;
import io.sluice.dissect.Session;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** What is remembered of one OPC UA connection: its secure channel, requests under way, and other names of nodes. */
final class OpcUaSession extends Session {
    private static final int MOST_PENDING = 64;
    private static final int LOGIN = OpcUaServices.find(OpcUaServices.ACTIVATE_SESSION);
    private static final int LOGOUT = OpcUaServices.find(OpcUaServices.CLOSE_SESSION);
    private static final int REGISTER = OpcUaServices.find(560);
    private static final int MONITOR = OpcUaServices.find(751);
    private static final OpcUaPending NOTHING = new OpcUaPending();
    private static final int UNKNOWN_ATTRIBUTE = OpcUaMeaning.VALUE_ATTRIBUTE;

    final OpcUaChannel channel = new OpcUaChannel();
    final OpcUaAssembly[] assemblies = {new OpcUaAssembly(), new OpcUaAssembly()};
    /** Requests that wait for their responses, by request id: the service, and twice the rule plus whether allowed. */
    final OpcUaTable outstanding;
    /** Monitored items that a rule may concern, by subscription and id: node and attribute. */
    private final OpcUaTable monitored;
    private final OpcUaAliases aliases;
    private final OpcUaUsers users = new OpcUaUsers();
    private final OpcUaPending collected = new OpcUaPending();
    private final List<OpcUaPending> pending = new ArrayList<>();
    private int pendings;
    /** Of the request that is read; 0 where it has none. */
    private long token;
    /** That session was not created here: what its aliases stand for is not known. */
    private boolean strange;
    /** Its namespaces are numbered in a way of its own: what its nodes are is not known. */
    private boolean remapped;
    /** The node ids of the request may not be what they seem. */
    private boolean detour;

    private Names names = Names.NONE;
    /** Nodes were registered on this connection; some of them by requests whose answers were not looked into. */
    private boolean registered;
    private boolean registeredUnheard;
    /** A policy before this one did not name all that this one does, so any node id may be an alias of one that it does. */
    private boolean aliasesUntold;
    /** The same of nodes that were monitored, and of items that are not remembered. */
    private boolean monitors;
    private boolean monitorsUnheard;
    private boolean itemsUntold;

    /** Who is logged in to the session of the request that is read; {@link Facts#NO_TRAIT} where nobody is. */
    private int user;
    /** Whom the ActivateSession that was read last names. */
    int requestedUser;
    /** The endpoint URL of Hello, hashed and as a trait. */
    long endpointHash;
    int endpoint;
    int requestType;
    int requestedMode;
    /** An answer to Hello, to OpenSecureChannel, and to what is encrypted, belongs to the last of its kind. */
    int helloVerdict;
    int openVerdict;
    int encryptedVerdict;
    int lastAnswered;
    /** OpenSecureChannel waits for its answer; something encrypted was asked. */
    boolean opening;
    boolean encryptedAsked;
    /** The server's offer of endpoints has changed; to be said with the next request. */
    boolean offerChanged;
    /** Key of the request that was inspected last, for its verdict to come. */
    int lastRequestId;
    int lastService;
    int lastKind;
    /** For people: what the last chunk was. */
    final OpcUaLast last = new OpcUaLast();

    OpcUaSession(OpcUaLimits limits) {
        outstanding = new OpcUaTable(limits.outstanding());
        monitored = new OpcUaTable(limits.outstanding());
        aliases = new OpcUaAliases(limits.outstanding());
        reset();
    }

    @Override
    public void reset() {
        channel.reset();
        assemblies[0].reset();
        assemblies[1].reset();
        outstanding.clear();
        monitored.clear();
        aliases.clear();
        users.clear();
        collected.clear();
        pendings = 0;
        user = requestedUser = Facts.NO_TRAIT;
        endpoint = Facts.NO_TRAIT;
        endpointHash = 0;
        helloVerdict = openVerdict = encryptedVerdict = lastAnswered = 0;
        opening = encryptedAsked = offerChanged = false;
        lastRequestId = lastService = lastKind = 0;
        registered = registeredUnheard = aliasesUntold = false;
        monitors = monitorsUnheard = itemsUntold = false;
        last.reset();
    }

    @Override
    public void renumber(Renumbering change) {
        names = change.names();
        aliasesUntold |= registeredUnheard || (registered && change.widened());
        itemsUntold |= monitorsUnheard || (monitors && change.widened());
        aliases.renumber(change);
        monitored.renumberNodes(change);
        for (int i = 0; i < pendings; i++) {
            pending.get(i).renumber(change);
        }
        channel.renumber(change);
        endpoint = named(endpoint, change);
        outstanding.renumberVerdicts(change);
        assemblies[0].renumber(change);
        assemblies[1].renumber(change);
        helloVerdict = renumbered(helloVerdict, change);
        openVerdict = renumbered(openVerdict, change);
        encryptedVerdict = renumbered(encryptedVerdict, change);
    }

    /** A certificate or text that is a trait: one that no policy names any more is a value of its own. */
    static int named(int trait, Renumbering change) {
        int now = change.name(trait);
        return trait >= 0 && now < 0 ? OpcUaMeaning.UNNAMED : now;
    }

    /** A verdict with the rule's new number. */
    static int renumbered(int verdict, Renumbering change) {
        return verdict(allowed(verdict), change.rule(rule(verdict)));
    }

    @Override
    public void names(Names known) {
        names = known;
    }

    Names names() {
        return names;
    }

    @Override
    public void midstream() {
        channel.midstream();
    }

    @Override
    public void missed(int direction) {
        channel.missed(direction);
        if (direction == Dissector.TO_SERVER) {
            users.forget();
        } else {
            users.forgetLogins();
        }
        assemblies[direction].end();
    }

    OpcUaAssembly assembly(int direction) {
        return assemblies[direction == Dissector.TO_SERVER ? 0 : 1];
    }

    /** The number by which the policy knows the node that the cursor read last, or behind which alias it is. */
    int node(OpcUaCursor c) {
        if (detour) {
            if (remapped) {
                return Facts.UNTOLD;
            }
            int known = aliases.find(c.nodeHead ^ token, c.bytes, c.nodeTail, c.nodeTailLength);
            if (known != OpcUaAliases.ABSENT) {
                return known;
            }
        }
        if (aliasesUntold) {
            return Facts.UNTOLD;
        }
        int named = c.find(names);
        return named == Names.UNKNOWN && strange ? Facts.UNTOLD : named;
    }

    /**
     * The server calls a node by the name that the cursor read last, towards the session that asked. A name that it had
     * given to another node before, and that was given back, now means this one, whether the policy names it or not.
     * False where no more can be kept.
     */
    boolean alias(OpcUaCursor c, int node, long asker) {
        long head = c.nodeHead ^ asker;
        boolean fresh = aliases.find(head, c.bytes, c.nodeTail, c.nodeTailLength) == OpcUaAliases.ABSENT;
        boolean own = c.find(names) == node;
        return (fresh && own) || aliases.put(head, c.bytes, c.nodeTail, c.nodeTailLength, node);
    }

    /** The value of a written String: only those that rules name can be told apart. */
    void text(MemorySegment bytes, long at, Facts facts, int span) {
        int length = OpcUaView.i32(bytes, at);
        int name = length < 0
                ? Names.UNKNOWN
                : names.find(OpcUaMeaning.head(OpcUaMeaning.TEXT, 0, 0), bytes, at + 4, length);
        if (name >= 0) {
            facts.storeText(span, OrderedNumber.name(name), at);
        } else {
            facts.unknownValue(span);
        }
    }

    /** A request of this session is read: aliases are the session's own, and so is what it registers. */
    void begin(long sessionToken) {
        token = sessionToken;
        remapped = false;
        detour = !aliases.isEmpty();
        user = users.user(sessionToken);
        strange = !channel.joined && !users.isCreated(sessionToken);
        collected.clear();
        collected.token = sessionToken;
    }

    /** The request being read numbers its namespaces itself: its node ids are not those of the policy. */
    void remap() {
        remapped = detour = true;
    }

    /** A node of the request being read is going to have another name. */
    void pending(int node, int attribute) {
        collected.add(node, attribute);
        // An alias that is known may be given to another node, even to one that the policy does not name.
        collected.matters |= attribute == OpcUaMeaning.NO_ATTRIBUTE ? !aliases.isEmpty() || aliasesUntold : itemsUntold;
    }

    void pendingSubscription(int id) {
        collected.subscription = id;
    }

    /** Whether the nodes of the request that was read can wait for their names. */
    boolean canFollow() {
        return !collected.matters || pendings < MOST_PENDING;
    }

    /** The request that was read last got its verdict. If it goes on to the server, its nodes wait for their names. */
    void asked(int verdict) {
        outstanding.put(Integer.toUnsignedLong(lastRequestId), lastService, verdict);
        registered |= lastService == REGISTER;
        registeredUnheard |= lastService == REGISTER && !allowed(verdict);
        monitors |= lastService == MONITOR;
        monitorsUnheard |= lastService == MONITOR && !allowed(verdict);
        if (allowed(verdict) && lastService == LOGIN) {
            users.asks(token, lastRequestId, requestedUser);
        } else if (allowed(verdict) && lastService == LOGOUT) {
            // Where the server refuses, the session is a stranger's from now on: that is the safe side.
            users.closed(token);
        }
        if (allowed(verdict) && collected.matters && canFollow()) {
            if (pendings == pending.size()) {
                pending.add(new OpcUaPending());
            }
            pending.get(pendings++).copy(collected, lastRequestId);
        }
        collected.clear();
    }

    /** Whether the answer to this request tells who is logged in. */
    boolean logsIn(int requestId) {
        return users.waits(requestId);
    }

    /** The server answered a login: good or not. */
    void loggedIn(int requestId, boolean good) {
        users.answered(requestId, good);
    }

    /** A request with this number went to the server, and its answer has not come. */
    boolean awaitsAnswer(int requestId) {
        int slot = outstanding.find(Integer.toUnsignedLong(requestId));
        return slot != OpcUaTable.ABSENT && allowed(outstanding.second(slot));
    }

    static int verdict(boolean allowed, int rule) {
        return rule * 2 + (allowed ? 1 : 0);
    }

    static boolean allowed(int verdict) {
        return (verdict & 1) != 0;
    }

    static int rule(int verdict) {
        return verdict >> 1;
    }

    /** The nodes that wait for this response; they wait no longer. Valid until the next {@link #asked}. */
    OpcUaPending followed(int requestId) {
        for (int i = 0; i < pendings; i++) {
            OpcUaPending found = pending.get(i);
            if (found.requestId == requestId) {
                pending.set(i, pending.get(--pendings));
                pending.set(pendings, found);
                return found;
            }
        }
        return NOTHING;
    }

    /** The response is here: what has not been learned from it never will be. */
    void answered(int requestId) {
        followed(requestId);
        users.answered(requestId, false);
    }

    boolean follows(int requestId) {
        for (int i = 0; i < pendings; i++) {
            if (pending.get(i).requestId == requestId) {
                return true;
            }
        }
        return false;
    }

    private static long key(int subscription, int item) {
        return (long) subscription << 32 | Integer.toUnsignedLong(item);
    }

    /** False where no more can be remembered. */
    boolean monitor(int subscription, int item, int node, int attribute) {
        boolean plain = node == Names.UNKNOWN && attribute == UNKNOWN_ATTRIBUTE;
        if (plain && !itemsUntold) {
            return true;
        }
        if (monitored.put(key(subscription, item), node, attribute)) {
            return true;
        }
        // What is unnamed, or may be any, need not be remembered one by one: all that is not remembered may be any.
        boolean unnamed = node < 0 && attribute == UNKNOWN_ATTRIBUTE;
        itemsUntold |= unnamed;
        return unnamed;
    }

    void unmonitor(int subscription, int item) {
        int slot = monitored.find(key(subscription, item));
        if (slot != OpcUaTable.ABSENT) {
            monitored.remove(slot);
        }
    }

    void unsubscribe(int subscription) {
        if (monitored.size() > 0) {
            monitored.removeAll(subscription);
        }
    }

    int monitoredNode(int subscription, int item) {
        int slot = monitored.find(key(subscription, item));
        if (slot == OpcUaTable.ABSENT) {
            return itemsUntold ? Facts.UNTOLD : Names.UNKNOWN;
        }
        return monitored.first(slot);
    }

    int monitoredAttribute(int subscription, int item) {
        int slot = monitored.find(key(subscription, item));
        return slot == OpcUaTable.ABSENT ? UNKNOWN_ATTRIBUTE : monitored.second(slot);
    }

    /** An AuthenticationToken or a text as one number, never 0. */
    static long token(MemorySegment bytes, long head, long tail, int length) {
        long hash = head * 31 + length;
        for (int i = 0; i < length; i++) {
            hash = (hash ^ (hash >>> 31)) * 0x9E37_79B9_7F4A_7C15L + bytes.get(JAVA_BYTE, tail + i);
        }
        return hash == 0 ? 1 : hash;
    }

    void created(long sessionToken) {
        users.created(sessionToken);
    }

    /** Whether the session of the request that is read was created on this connection. */
    boolean knowsSession() {
        return !strange;
    }

    /** The URL in front of the cursor: what is demanded of it, and what tells one server from another. */
    void endpoint(OpcUaCursor c) {
        long at = c.at;
        c.string();
        int length = (int) (c.at - at - 4);
        if (c.ok() && length > 0) {
            endpointHash = token(c.bytes, 0, at + 4, length);
            int name = names.find(OpcUaMeaning.head(OpcUaMeaning.URL, 0, 0), c.bytes, at + 4, length);
            endpoint = name < 0 ? OpcUaMeaning.UNNAMED : name;
        }
    }

    void traits(Facts facts) {
        channel.traits(facts);
        facts.trait(OpcUaMeaning.USER, user);
        facts.trait(OpcUaMeaning.ENDPOINT, endpoint);
    }
}
