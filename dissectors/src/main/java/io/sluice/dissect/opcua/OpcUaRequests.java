package io.sluice.dissect.opcua;

import static io.sluice.dissect.opcua.OpcUaMeaning.CALL;
import static io.sluice.dissect.opcua.OpcUaMeaning.NO_ATTRIBUTE;
import static io.sluice.dissect.opcua.OpcUaMeaning.READ;
import static io.sluice.dissect.opcua.OpcUaMeaning.SERVICE;
import static io.sluice.dissect.opcua.OpcUaMeaning.SESSION;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Limits;
import io.sluice.dissect.Malformed;
import io.sluice.dissect.Names;

/**
 * Bodies of requests that act on nodes, OPC 10000-4 §5: every target becomes facts. A body is read item by item; an
 * item's facts are added when the whole item has been read. Here are the reading itself and the services that plants
 * live on; others are in {@link OpcUaViews}, {@link OpcUaManagement} and {@link OpcUaMonitoring}, and requests that hold a
 * connection together in {@link OpcUaUpkeep}.
 */
final class OpcUaRequests {
    private static final int TOO_MANY_ITEMS = Malformed.TOO_MANY_ITEMS.code();

    private final OpcUaCursor c;
    private final OpcUaValues values;
    private final OpcUaUpkeep upkeep;
    private final OpcUaViews views;
    private final OpcUaManagement management;
    private final OpcUaMonitoring monitoring;
    private OpcUaSession session;
    private Facts facts;
    /** What is read is wrapped in a message that numbers namespaces itself. */
    private boolean remapped;

    OpcUaRequests(OpcUaCursor cursor, int deepest) {
        c = cursor;
        values = new OpcUaValues(cursor, deepest);
        upkeep = new OpcUaUpkeep(cursor);
        views = new OpcUaViews(this, cursor);
        management = new OpcUaManagement(this, cursor);
        monitoring = new OpcUaMonitoring(this, cursor);
        session = new OpcUaSession(Limits.DEFAULT.opcUa());
        facts = new Facts();
    }

    /**
     * Reads a body, or goes on where the last reading of it ended.
     *
     * @param body where it begins, TypeId included; the cursor stands behind the TypeId
     * @return 0: read to its last field; {@link OpcUaCursor#BODY_CUT}: more is needed; or another {@link Malformed#code}
     */
    int read(OpcUaSession its, int service, long body, OpcUaProgress progress, Facts out) {
        session = its;
        facts = out;
        remapped = false;
        if (OpcUaServices.request(service) == OpcUaServices.SESSIONLESS) {
            return sessionless(progress);
        }
        return body(service, body, progress);
    }

    private int body(int service, long body, OpcUaProgress progress) {
        if (!progress.inItems) {
            requestHeader();
            int count = head(service);
            if (!c.ok()) {
                return c.problem;
            }
            progress.inItems = true;
            progress.count = count;
            progress.done = 0;
            progress.subscription = monitoring.subscription;
        } else {
            c.at = body + progress.next;
            monitoring.subscription = progress.subscription;
        }
        int problem = items(OpcUaServices.request(service), body, progress);
        if (problem != 0) {
            return problem;
        }
        if (progress.count == 0 && facts.spans() == 0) {
            // It asks for nothing, which the server says (Bad_NothingToDo): no reason to end a connection.
            add(SESSION, NO_ATTRIBUTE, OpcUaServices.request(service), Facts.NOWHERE);
        }
        return tail(service);
    }

    /** Item by item; those that were read to their end are done, whatever comes of the next. */
    private int items(int request, long body, OpcUaProgress progress) {
        int done = progress.done;
        long next = c.at;
        boolean room = true;
        while (room && done < progress.count) {
            room = item(request);
            if (!c.ok()) {
                break;
            }
            done++;
            next = c.at;
        }
        progress.done = done;
        progress.next = next - body;
        return room ? c.problem : TOO_MANY_ITEMS;
    }

    /**
     * SessionlessInvoke, OPC 10000-4 §6.3: a rule must name it, and what it wraps must be allowed, too. Only a whole
     * message is looked into, since one that cannot be read says no more than its number.
     */
    private int sessionless(OpcUaProgress progress) {
        if (!progress.inItems) {
            session.begin(0);
            progress.inItems = true;
            facts.opaque(c.end < c.limit);
            add(SERVICE, NO_ATTRIBUTE, OpcUaServices.SESSIONLESS, Facts.NOWHERE);
        }
        if (c.end < c.limit) {
            return OpcUaCursor.BODY_CUT;
        }
        long end = c.end;
        int service = wrapper();
        if (service != OpcUaServices.UNKNOWN && OpcUaServices.request(service) == OpcUaServices.SESSIONLESS) {
            return Malformed.NESTING.code();
        }
        boolean readable = service != OpcUaServices.UNKNOWN && needsNoSession(service);
        if (readable) {
            progress.reset();
            readable = body(service, c.at, progress) == 0 && (c.at == end || !session.channel.signatureKnown());
        }
        if (!readable) {
            facts.reset(facts.bytes());
            facts.opaque(true);
            c.wrap(c.bytes, end, end, end);
            add(SERVICE, NO_ATTRIBUTE, OpcUaServices.SESSIONLESS, Facts.NOWHERE);
        }
        return 0;
    }

    /** Up to the ServiceId; nodes of which the wrapper numbers the namespaces cannot be told. */
    private int wrapper() {
        c.skip(4);
        int namespaces = c.count(4);
        for (int n = namespaces; n > 0 && c.ok(); n--) {
            c.string();
        }
        c.strings();
        c.strings();
        int id = c.i32();
        remapped = namespaces > 0;
        return c.ok() ? OpcUaServices.named(id) : OpcUaServices.UNKNOWN;
    }

    /** Those that act on nodes. What belongs to a session cannot be asked without one. */
    private static boolean needsNoSession(int service) {
        return switch (OpcUaServices.operation(service)) {
            case OpcUaMeaning.BROWSE, READ, OpcUaMeaning.WRITE, CALL, OpcUaMeaning.HISTORY_READ,
                    OpcUaMeaning.HISTORY_UPDATE, OpcUaMeaning.MANAGE_NODES ->
                true;
            default -> false;
        };
    }

    /** RequestHeader, OPC 10000-4 §7.33. */
    private void requestHeader() {
        c.nodeId();
        session.begin(c.ok() ? OpcUaSession.token(c.bytes, c.nodeHead, c.nodeTail, c.nodeTailLength) : 0);
        if (remapped) {
            session.remap();
        }
        c.skip(16);
        c.string();
        c.skip(4);
        c.extensionObject();
    }

    /** What stands before the items. */
    private int head(int service) {
        int request = OpcUaServices.request(service);
        return switch (request) {
            case 631 -> {
                c.skip(12);
                yield c.count(14);
            }
            case 673 -> c.count(11);
            case 712 -> c.count(8);
            case 527, 554, 615 -> views.head(request);
            case 664, 700, 488, 494, 500, 506 -> management.head(request);
            case 751, 763, 769, 775, 841 -> monitoring.head(request);
            case 560, 566 -> {
                add(SESSION, NO_ATTRIBUTE, request, Facts.NOWHERE);
                yield c.count(2);
            }
            default -> {
                upkeep.body(session, service, facts);
                yield 0;
            }
        };
    }

    private boolean item(int request) {
        return switch (request) {
            case 631 -> read();
            case 673 -> write();
            case 712 -> call();
            case 527, 554 -> views.item(request);
            case 664, 700, 488, 494, 500, 506 -> management.item(request);
            case 751, 763, 769, 775, 841 -> monitoring.item(request);
            case 560 -> {
                session.pending(node(), 0);
                yield true;
            }
            case 566 -> {
                // What a server makes of a name that was given back is its own affair: the alias stays known.
                c.nodeId();
                yield true;
            }
            default -> true;
        };
    }

    /** What stands behind the items. */
    private int tail(int service) {
        int request = OpcUaServices.request(service);
        switch (request) {
            case 615 -> views.tail();
            case 775, 841 -> monitoring.tail(request);
            default -> {
            }
        }
        return c.problem;
    }

    OpcUaSession session() {
        return session;
    }

    /** A NodeId: the number by which the policy knows the node, or {@link Names#UNKNOWN}. */
    int node() {
        c.nodeId();
        return c.ok() ? session.node(c) : Names.UNKNOWN;
    }

    int expandedNode() {
        c.expandedNodeId();
        return c.ok() && !c.nodeForeign ? session.node(c) : Names.UNKNOWN;
    }

    boolean add(int operation, int scope, int node, long at) {
        return !c.ok() || facts.addOrRepeat(operation, scope, node, Facts.NO_ITEM, at) >= 0;
    }

    private boolean read() {
        long at = c.at;
        int node = node();
        int attribute = c.attributeAlone();
        return add(READ, OpcUaMeaning.scope(attribute), node, at);
    }

    private boolean write() {
        long at = c.at;
        int node = node();
        int attribute = c.attributeAndRange();
        values.dataValue();
        if (!c.ok()) {
            return true;
        }
        return values.written(facts, OpcUaMeaning.scope(attribute), node, at, session);
    }

    private boolean call() {
        long objectAt = c.at;
        int object = node();
        long methodAt = c.at;
        int method = node();
        for (int n = c.count(1); n > 0 && c.ok(); n--) {
            values.variant();
        }
        int span = c.ok() ? facts.addOrRepeat(CALL, NO_ATTRIBUTE, method, object, methodAt) : 0;
        if (c.ok() && span >= 0) {
            facts.named(span, methodAt, objectAt);
        }
        return span >= 0;
    }

}
