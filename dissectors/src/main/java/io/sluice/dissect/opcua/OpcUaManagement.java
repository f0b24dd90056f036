package io.sluice.dissect.opcua;

import static io.sluice.dissect.opcua.OpcUaMeaning.HISTORY_READ;
import static io.sluice.dissect.opcua.OpcUaMeaning.HISTORY_UPDATE;
import static io.sluice.dissect.opcua.OpcUaMeaning.MANAGE_NODES;
import static io.sluice.dissect.opcua.OpcUaMeaning.NO_ATTRIBUTE;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Malformed;

/** Bodies of requests that change the nodes themselves, OPC 10000-4 §5.8, and of those on history, §5.11. */
final class OpcUaManagement {
    private final OpcUaRequests requests;
    private final OpcUaCursor c;

    OpcUaManagement(OpcUaRequests requests, OpcUaCursor cursor) {
        this.requests = requests;
        c = cursor;
    }

    /** What stands before the items. */
    int head(int request) {
        return switch (request) {
            case 664 -> {
                c.extensionObject();
                c.skip(5);
                yield c.count(16);
            }
            case 488 -> c.count(17);
            case 494 -> c.count(15);
            case 506 -> c.count(8);
            default -> c.count(3);
        };
    }

    boolean item(int request) {
        return switch (request) {
            case 664 -> historyRead();
            case 700 -> historyUpdate();
            case 488 -> addNode();
            case 494 -> addReference();
            case 506 -> deleteReference();
            default -> deleteNode();
        };
    }

    private boolean historyRead() {
        long at = c.at;
        int node = requests.node();
        c.string();
        c.qualifiedName();
        c.byteString();
        return requests.add(HISTORY_READ, NO_ATTRIBUTE, node, at);
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
            return requests.add(HISTORY_UPDATE, NO_ATTRIBUTE, Facts.NO_ITEM, at);
        }
        int node = requests.node();
        if (c.ok() && c.at > stop) {
            c.fail(Malformed.COUNT.code());
        }
        if (c.ok()) {
            c.at = stop;
        }
        return requests.add(HISTORY_UPDATE, NO_ATTRIBUTE, node, at);
    }

    private boolean deleteNode() {
        long at = c.at;
        int node = requests.node();
        c.skip(1);
        return requests.add(MANAGE_NODES, NO_ATTRIBUTE, node, at);
    }

    private boolean addNode() {
        long at = c.at;
        int parent = requests.expandedNode();
        c.nodeId();
        c.expandedNodeId();
        c.qualifiedName();
        c.skip(4);
        c.extensionObject();
        c.expandedNodeId();
        return requests.add(MANAGE_NODES, NO_ATTRIBUTE, parent, at);
    }

    private boolean addReference() {
        long at = c.at;
        int source = requests.node();
        c.nodeId();
        c.skip(1);
        c.string();
        long targetAt = c.at;
        int target = requests.expandedNode();
        c.skip(4);
        return requests.add(MANAGE_NODES, NO_ATTRIBUTE, source, at)
                && requests.add(MANAGE_NODES, NO_ATTRIBUTE, target, targetAt);
    }

    private boolean deleteReference() {
        long at = c.at;
        int source = requests.node();
        c.nodeId();
        c.skip(1);
        long targetAt = c.at;
        int target = requests.expandedNode();
        c.skip(1);
        return requests.add(MANAGE_NODES, NO_ATTRIBUTE, source, at)
                && requests.add(MANAGE_NODES, NO_ATTRIBUTE, target, targetAt);
    }
}
