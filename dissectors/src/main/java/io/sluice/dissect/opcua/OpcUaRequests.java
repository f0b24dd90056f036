package io.sluice.dissect.opcua;

import static io.sluice.dissect.opcua.OpcUaMeaning.BROWSE;
import static io.sluice.dissect.opcua.OpcUaMeaning.CALL;
import static io.sluice.dissect.opcua.OpcUaMeaning.HISTORY_READ;
import static io.sluice.dissect.opcua.OpcUaMeaning.HISTORY_UPDATE;
import static io.sluice.dissect.opcua.OpcUaMeaning.MANAGE_NODES;
import static io.sluice.dissect.opcua.OpcUaMeaning.NO_ATTRIBUTE;
import static io.sluice.dissect.opcua.OpcUaMeaning.OTHER_ATTRIBUTE;
import static io.sluice.dissect.opcua.OpcUaMeaning.READ;
import static io.sluice.dissect.opcua.OpcUaMeaning.SESSION;
import static io.sluice.dissect.opcua.OpcUaMeaning.SUBSCRIBE;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Limits;
import io.sluice.dissect.Malformed;
import io.sluice.dissect.Names;

/**
 * Bodies of requests that act on nodes, OPC 10000-4 §5: every target becomes facts. A body is read item by item; an
 * item's facts are added when the whole item has been read. Requests that hold a connection together are in
 * {@link OpcUaUpkeep}.
 */
final class OpcUaRequests {
    private static final int DEEPEST_PATH = 32;
    private static final int TOO_MANY_ITEMS = Malformed.TOO_MANY_ITEMS.code();

    private final OpcUaCursor c;
    private final OpcUaValues values;
    private final OpcUaUpkeep upkeep;
    private OpcUaSession session;
    private Facts facts;
    private int subscription;

    OpcUaRequests(OpcUaCursor cursor, int deepest) {
        c = cursor;
        values = new OpcUaValues(cursor, deepest);
        upkeep = new OpcUaUpkeep(cursor);
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
        if (!progress.inItems) {
            if (OpcUaServices.request(service) == OpcUaServices.SESSIONLESS) {
                session.begin(0);
            } else {
                requestHeader();
            }
            int count = head(service);
            if (!c.ok()) {
                return c.problem;
            }
            progress.inItems = true;
            progress.count = count;
            progress.done = 0;
            progress.subscription = subscription;
        } else {
            c.at = body + progress.next;
            subscription = progress.subscription;
        }
        progress.next = c.at - body;
        while (progress.done < progress.count) {
            boolean room = item(service);
            if (!c.ok() || !room) {
                return c.ok() ? TOO_MANY_ITEMS : c.problem;
            }
            progress.done++;
            progress.next = c.at - body;
        }
        return tail(service);
    }

    /** RequestHeader, OPC 10000-4 §7.33. */
    private void requestHeader() {
        c.nodeId();
        session.begin(c.ok() ? OpcUaSession.token(c.bytes, c.nodeHead, c.nodeTail, c.nodeTailLength) : 0);
        c.skip(16);
        c.string();
        c.skip(4);
        c.extensionObject();
    }

    /** What stands before the items. */
    private int head(int service) {
        return switch (OpcUaServices.request(service)) {
            case 631 -> {
                c.skip(12);
                yield c.count(14);
            }
            case 673 -> c.count(11);
            case 712 -> c.count(8);
            case 554 -> c.count(6);
            case 527 -> browse();
            case 664 -> {
                c.extensionObject();
                c.skip(5);
                yield c.count(16);
            }
            case 700 -> c.count(3);
            case 751 -> {
                subscription = c.i32();
                c.skip(4);
                yield c.count(39);
            }
            case 763, 769 -> {
                subscription = c.i32();
                c.skip(4);
                yield c.count(4);
            }
            case 775 -> triggering();
            case 560, 566 -> {
                add(SESSION, NO_ATTRIBUTE, OpcUaServices.request(service), Facts.NOWHERE);
                yield c.count(2);
            }
            case 488 -> c.count(17);
            case 494 -> c.count(15);
            case 500 -> c.count(3);
            case 506 -> c.count(8);
            case 841 -> {
                add(SUBSCRIBE, OTHER_ATTRIBUTE, Facts.NO_ITEM, Facts.NOWHERE);
                yield c.count(4);
            }
            case 615 -> query();
            default -> {
                upkeep.body(session, service, facts);
                yield 0;
            }
        };
    }

    private boolean item(int service) {
        return switch (OpcUaServices.request(service)) {
            case 631 -> read();
            case 673 -> write();
            case 712 -> call();
            case 527 -> browseOne();
            case 554 -> translate();
            case 664 -> historyRead();
            case 700 -> historyUpdate();
            case 751 -> monitor();
            case 763 -> monitored(true);
            case 769 -> monitored(false);
            case 775 -> monitored(false);
            case 560 -> {
                session.pending(node(), 0);
                yield true;
            }
            case 566 -> {
                // What a server makes of a name that was given back is its own affair: the alias stays known.
                c.nodeId();
                yield true;
            }
            case 488 -> addNode();
            case 494 -> addReference();
            case 500 -> {
                long at = c.at;
                int node = node();
                c.skip(1);
                yield add(MANAGE_NODES, NO_ATTRIBUTE, node, at);
            }
            case 506 -> deleteReference();
            case 841 -> {
                c.skip(4);
                yield true;
            }
            default -> true;
        };
    }

    /** What stands behind the items. */
    private int tail(int service) {
        switch (OpcUaServices.request(service)) {
            case 775 -> {
                for (int n = c.count(4); n > 0 && c.ok(); n--) {
                    monitored(false);
                }
            }
            case 841 -> c.skip(1);
            case 615 -> {
                filter();
                c.skip(8);
            }
            default -> {
            }
        }
        return c.problem;
    }

    /** A NodeId: the number by which the policy knows the node, or {@link Names#UNKNOWN}. */
    private int node() {
        c.nodeId();
        return c.ok() ? session.node(c) : Names.UNKNOWN;
    }

    private int expandedNode() {
        c.expandedNodeId();
        return c.ok() && !c.nodeForeign ? session.node(c) : Names.UNKNOWN;
    }

    private boolean add(int operation, int scope, int node, long at) {
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

    /** A view (not null) is a node that is browsed, too. */
    private int browse() {
        view();
        c.skip(4);
        return c.count(17);
    }

    private void view() {
        long at = c.at;
        int node = node();
        if (c.ok() && (c.nodeHead != 0 || c.nodeTailLength != 0)) {
            add(BROWSE, NO_ATTRIBUTE, node, at);
        }
        c.skip(12);
    }

    private boolean browseOne() {
        long at = c.at;
        int node = node();
        c.skip(4);
        c.nodeId();
        c.skip(9);
        return add(BROWSE, NO_ATTRIBUTE, node, at);
    }

    private boolean translate() {
        long at = c.at;
        int node = node();
        path();
        return add(BROWSE, NO_ATTRIBUTE, node, at);
    }

    /** RelativePath, OPC 10000-4 §7.31. Servers walk over it one step after the other, some by recursion. */
    private void path() {
        int elements = c.count(10);
        if (c.ok() && elements > DEEPEST_PATH) {
            c.fail(Malformed.NESTING.code());
        }
        for (; elements > 0 && c.ok(); elements--) {
            c.nodeId();
            c.skip(2);
            c.qualifiedName();
        }
    }

    private boolean historyRead() {
        long at = c.at;
        int node = node();
        c.string();
        c.qualifiedName();
        c.byteString();
        return add(HISTORY_READ, NO_ATTRIBUTE, node, at);
    }

    /** The NodeId is the first field of every HistoryUpdateDetails, OPC 10000-11 §6.8. */
    private boolean historyUpdate() {
        c.nodeId();
        int encoding = c.u8();
        int length = c.extensionBody(encoding);
        long stop = c.at + length;
        long at = c.at;
        if (c.ok() && encoding != 1) {
            // Without a binary body there is nothing to read a target from: whatever it is, it is not known.
            c.skip(Math.max(length, 0));
            return add(HISTORY_UPDATE, NO_ATTRIBUTE, Facts.NO_ITEM, at);
        }
        int node = node();
        if (c.ok() && c.at > stop) {
            c.fail(Malformed.COUNT.code());
        }
        if (c.ok()) {
            c.at = stop;
        }
        return add(HISTORY_UPDATE, NO_ATTRIBUTE, node, at);
    }

    private boolean monitor() {
        long at = c.at;
        int node = node();
        int attribute = c.attributeAlone();
        c.skip(4);
        parameters();
        session.pending(node, OpcUaMeaning.scope(attribute));
        session.pendingSubscription(subscription);
        return add(SUBSCRIBE, OpcUaMeaning.scope(attribute), node, at);
    }

    /** MonitoringParameters, OPC 10000-4 §7.21. */
    private void parameters() {
        c.skip(12);
        c.extensionObject();
        c.skip(5);
    }

    /** An item that was created before: what holds for its node holds for it. */
    private boolean monitored(boolean changed) {
        int id = c.i32();
        if (changed) {
            parameters();
        }
        return !c.ok() || add(SUBSCRIBE, session.monitoredAttribute(subscription, id),
                session.monitoredNode(subscription, id), Facts.NOWHERE);
    }

    private int triggering() {
        subscription = c.i32();
        monitored(false);
        return c.count(4);
    }

    private boolean addNode() {
        long at = c.at;
        int parent = expandedNode();
        c.nodeId();
        c.expandedNodeId();
        c.qualifiedName();
        c.skip(4);
        c.extensionObject();
        c.expandedNodeId();
        return add(MANAGE_NODES, NO_ATTRIBUTE, parent, at);
    }

    private boolean addReference() {
        long at = c.at;
        int source = node();
        c.nodeId();
        c.skip(1);
        c.string();
        long targetAt = c.at;
        int target = expandedNode();
        c.skip(4);
        return add(MANAGE_NODES, NO_ATTRIBUTE, source, at) && add(MANAGE_NODES, NO_ATTRIBUTE, target, targetAt);
    }

    private boolean deleteReference() {
        long at = c.at;
        int source = node();
        c.nodeId();
        c.skip(1);
        long targetAt = c.at;
        int target = expandedNode();
        c.skip(1);
        return add(MANAGE_NODES, NO_ATTRIBUTE, source, at) && add(MANAGE_NODES, NO_ATTRIBUTE, target, targetAt);
    }

    /** A query returns values of nodes that it does not name: only rules without a node cover that. */
    private int query() {
        view();
        add(BROWSE, NO_ATTRIBUTE, Facts.NO_ITEM, Facts.NOWHERE);
        add(READ, OTHER_ATTRIBUTE, Facts.NO_ITEM, Facts.NOWHERE);
        for (int n = c.count(7); n > 0 && c.ok(); n--) {
            c.expandedNodeId();
            c.skip(1);
            for (int data = c.count(12); data > 0 && c.ok(); data--) {
                path();
                c.skip(4);
                c.string();
            }
        }
        return 0;
    }

    private void filter() {
        for (int n = c.count(8); n > 0 && c.ok(); n--) {
            c.skip(4);
            for (int operands = c.count(3); operands > 0 && c.ok(); operands--) {
                c.extensionObject();
            }
        }
    }
}
