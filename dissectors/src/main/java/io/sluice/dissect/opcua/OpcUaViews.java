package io.sluice.dissect.opcua;

import static io.sluice.dissect.opcua.OpcUaMeaning.BROWSE;
import static io.sluice.dissect.opcua.OpcUaMeaning.NO_ATTRIBUTE;
import static io.sluice.dissect.opcua.OpcUaMeaning.OTHER_ATTRIBUTE;
import static io.sluice.dissect.opcua.OpcUaMeaning.READ;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Malformed;

/** Bodies of requests that look around: Browse, TranslateBrowsePaths and QueryFirst, OPC 10000-4 §5.9 and §5.10. */
final class OpcUaViews {
    private static final int DEEPEST_PATH = 32;

    private final OpcUaRequests requests;
    private final OpcUaCursor c;

    OpcUaViews(OpcUaRequests requests, OpcUaCursor cursor) {
        this.requests = requests;
        c = cursor;
    }

    /** What stands before the items. */
    int head(int request) {
        return switch (request) {
            case 527 -> browse();
            case 554 -> c.count(6);
            default -> query();
        };
    }

    boolean item(int request) {
        return request == 527 ? browseOne() : translate();
    }

    /** What stands behind the query's types, which {@link #head} has read: its filter, and two limits. */
    void tail() {
        filter();
        c.skip(8);
    }

    /** A view (not null) is a node that is browsed, too. */
    private int browse() {
        view();
        c.skip(4);
        return c.count(17);
    }

    private void view() {
        long at = c.at;
        int node = requests.node();
        if (c.ok() && (c.nodeHead != 0 || c.nodeTailLength != 0)) {
            requests.add(BROWSE, NO_ATTRIBUTE, node, at);
        }
        c.skip(12);
    }

    private boolean browseOne() {
        long at = c.at;
        int node = requests.node();
        c.skip(4);
        c.nodeId();
        c.skip(9);
        return requests.add(BROWSE, NO_ATTRIBUTE, node, at);
    }

    private boolean translate() {
        long at = c.at;
        int node = requests.node();
        path();
        return requests.add(BROWSE, NO_ATTRIBUTE, node, at);
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

    /** A query returns values of nodes that it does not name: only rules without a node cover that. */
    private int query() {
        view();
        requests.add(BROWSE, NO_ATTRIBUTE, Facts.NO_ITEM, Facts.NOWHERE);
        requests.add(READ, OTHER_ATTRIBUTE, Facts.NO_ITEM, Facts.NOWHERE);
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
