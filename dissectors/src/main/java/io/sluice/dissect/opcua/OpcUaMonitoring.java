package io.sluice.dissect.opcua;

import static io.sluice.dissect.opcua.OpcUaMeaning.OTHER_ATTRIBUTE;
import static io.sluice.dissect.opcua.OpcUaMeaning.SUBSCRIBE;

import io.sluice.dissect.Facts;

/** Bodies of requests on monitored items, OPC 10000-4 §5.13, and on whose subscriptions they are, §5.14.7. */
final class OpcUaMonitoring {
    private final OpcUaRequests requests;
    private final OpcUaCursor c;
    /** The one that the items of the request being read belong to. */
    int subscription;

    OpcUaMonitoring(OpcUaRequests requests, OpcUaCursor cursor) {
        this.requests = requests;
        c = cursor;
    }

    /** What stands before the items. */
    int head(int request) {
        return switch (request) {
            case 841 -> {
                requests.add(SUBSCRIBE, OTHER_ATTRIBUTE, Facts.NO_ITEM, Facts.NOWHERE);
                yield c.count(4);
            }
            case 775 -> triggering();
            default -> {
                subscription = c.i32();
                c.skip(4);
                yield c.count(request == 751 ? 39 : 4);
            }
        };
    }

    boolean item(int request) {
        return switch (request) {
            case 751 -> monitor();
            case 763 -> monitored(true);
            case 841 -> {
                c.skip(4);
                yield true;
            }
            default -> monitored(false);
        };
    }

    /** What stands behind the items: the links to remove, or whether to send the first values again. */
    void tail(int request) {
        if (request == 841) {
            c.skip(1);
            return;
        }
        for (int n = c.count(4); n > 0 && c.ok(); n--) {
            monitored(false);
        }
    }

    private boolean monitor() {
        long at = c.at;
        int node = requests.node();
        int attribute = c.attributeAlone();
        c.skip(4);
        parameters();
        requests.session().pending(node, OpcUaMeaning.scope(attribute));
        requests.session().pendingSubscription(subscription);
        return requests.add(SUBSCRIBE, OpcUaMeaning.scope(attribute), node, at);
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
        return !c.ok() || requests.add(SUBSCRIBE, requests.session().monitoredAttribute(subscription, id),
                requests.session().monitoredNode(subscription, id), Facts.NOWHERE);
    }

    private int triggering() {
        subscription = c.i32();
        monitored(false);
        return c.count(4);
    }
}
