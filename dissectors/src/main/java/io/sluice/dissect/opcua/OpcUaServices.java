package io.sluice.dissect.opcua;

import java.util.ArrayList;
import java.util.List;

/**
 * The services of OPC 10000-4 by the ids of their binary encodings (OPC 10000-6 §A.3): what they are called, which
 * response belongs to which request, and which word of a policy covers them. The two TestStack services are of versions
 * before 1.03.
 */
final class OpcUaServices {
    /** A service has failed: its answer to any request. */
    static final int FAULT = 397;
    static final int OPEN_CHANNEL = 446;
    static final int CLOSE_CHANNEL = 452;
    static final int ACTIVATE_SESSION = 467;
    static final int CLOSE_SESSION = 473;
    /** Wraps a request of another service; its own header is that one's, OPC 10000-4 §6.3. */
    static final int SESSIONLESS = 15_903;
    /** Messages that are no services, in places that no service has. */
    static final int HELLO = 0;
    static final int ERROR = 1;
    static final int ABORT = 2;
    /** {@link #find}: no service has this id. */
    static final int UNKNOWN = -1;

    /** The id of a request's data type is this much less than that of its binary encoding: so far, of all that act. */
    private static final int FROM_TYPE = 2;

    private static final int SMALL = 1024;

    /**
     * A service.
     *
     * @param request id of its request
     * @param response id of its response
     * @param operation in a policy, see {@link OpcUaMeaning}
     */
    record Service(int request, String name, int response, int operation) {}

    static final List<Service> ALL = List.of(
            new Service(410, "TestStack", 413, OpcUaMeaning.SERVICE),
            new Service(416, "TestStackEx", 419, OpcUaMeaning.SERVICE),
            new Service(422, "FindServers", 425, OpcUaMeaning.DISCOVERY),
            new Service(428, "GetEndpoints", 431, OpcUaMeaning.DISCOVERY),
            new Service(437, "RegisterServer", 440, OpcUaMeaning.REGISTER_SERVER),
            new Service(446, "OpenSecureChannel", 449, OpcUaMeaning.DISCOVERY),
            new Service(452, "CloseSecureChannel", 455, OpcUaMeaning.DISCOVERY),
            new Service(461, "CreateSession", 464, OpcUaMeaning.SESSION),
            new Service(ACTIVATE_SESSION, "ActivateSession", 470, OpcUaMeaning.SESSION),
            new Service(CLOSE_SESSION, "CloseSession", 476, OpcUaMeaning.SESSION),
            new Service(479, "Cancel", 482, OpcUaMeaning.SESSION),
            new Service(488, "AddNodes", 491, OpcUaMeaning.MANAGE_NODES),
            new Service(494, "AddReferences", 497, OpcUaMeaning.MANAGE_NODES),
            new Service(500, "DeleteNodes", 503, OpcUaMeaning.MANAGE_NODES),
            new Service(506, "DeleteReferences", 509, OpcUaMeaning.MANAGE_NODES),
            new Service(527, "Browse", 530, OpcUaMeaning.BROWSE),
            new Service(533, "BrowseNext", 536, OpcUaMeaning.SESSION),
            new Service(554, "TranslateBrowsePathsToNodeIds", 557, OpcUaMeaning.BROWSE),
            new Service(560, "RegisterNodes", 563, OpcUaMeaning.SESSION),
            new Service(566, "UnregisterNodes", 569, OpcUaMeaning.SESSION),
            new Service(615, "QueryFirst", 618, OpcUaMeaning.BROWSE),
            new Service(621, "QueryNext", 624, OpcUaMeaning.BROWSE),
            new Service(631, "Read", 634, OpcUaMeaning.READ),
            new Service(664, "HistoryRead", 667, OpcUaMeaning.HISTORY_READ),
            new Service(673, "Write", 676, OpcUaMeaning.WRITE),
            new Service(700, "HistoryUpdate", 703, OpcUaMeaning.HISTORY_UPDATE),
            new Service(712, "Call", 715, OpcUaMeaning.CALL),
            new Service(751, "CreateMonitoredItems", 754, OpcUaMeaning.SUBSCRIBE),
            new Service(763, "ModifyMonitoredItems", 766, OpcUaMeaning.SUBSCRIBE),
            new Service(769, "SetMonitoringMode", 772, OpcUaMeaning.SUBSCRIBE),
            new Service(775, "SetTriggering", 778, OpcUaMeaning.SUBSCRIBE),
            new Service(781, "DeleteMonitoredItems", 784, OpcUaMeaning.SESSION),
            new Service(787, "CreateSubscription", 790, OpcUaMeaning.SESSION),
            new Service(793, "ModifySubscription", 796, OpcUaMeaning.SESSION),
            new Service(799, "SetPublishingMode", 802, OpcUaMeaning.SESSION),
            new Service(826, "Publish", 829, OpcUaMeaning.SESSION),
            new Service(832, "Republish", 835, OpcUaMeaning.SESSION),
            new Service(841, "TransferSubscriptions", 844, OpcUaMeaning.SUBSCRIBE),
            new Service(847, "DeleteSubscriptions", 850, OpcUaMeaning.SESSION),
            new Service(12208, "FindServersOnNetwork", 12209, OpcUaMeaning.DISCOVERY),
            new Service(12211, "RegisterServer2", 12212, OpcUaMeaning.REGISTER_SERVER),
            new Service(SESSIONLESS, "SessionlessInvoke", 21001, OpcUaMeaning.SERVICE));

    /** For ids below {@link #SMALL}: the service whose request or response it is, counted from 1. */
    private static final byte[] BY_ID = new byte[SMALL];
    private static final int[] REQUESTS = ALL.stream().mapToInt(Service::request).toArray();
    private static final int[] RESPONSES = ALL.stream().mapToInt(Service::response).toArray();
    private static final int[] OPERATION = ALL.stream().mapToInt(Service::operation).toArray();
    private static final int[] LARGE = largeOnes();

    static {
        for (int i = 0; i < REQUESTS.length; i++) {
            if (REQUESTS[i] < SMALL) {
                BY_ID[REQUESTS[i]] = (byte) (i + 1);
                BY_ID[RESPONSES[i]] = (byte) (i + 1);
            }
        }
    }

    private OpcUaServices() {}

    private static int[] largeOnes() {
        List<Integer> large = new ArrayList<>();
        for (int i = 0; i < REQUESTS.length; i++) {
            if (REQUESTS[i] >= SMALL) {
                large.add(i);
            }
        }
        return large.stream().mapToInt(i -> i).toArray();
    }

    /** The index of the service whose request or response has this id; {@link #UNKNOWN} if none has. */
    static int find(int id) {
        if (id >= 0 && id < SMALL) {
            return BY_ID[id] - 1;
        }
        for (int i : LARGE) {
            if (REQUESTS[i] == id || RESPONSES[i] == id) {
                return i;
            }
        }
        return UNKNOWN;
    }

    /** Whether an id is that of a request, given the service that {@link #find} found for it. */
    static boolean isRequest(int service, int id) {
        return REQUESTS[service] == id;
    }

    /**
     * The service of a request that is named by the id of its encoding or of its data type; {@link #UNKNOWN} if none
     * is. No id is both.
     */
    static int named(int id) {
        int service = find(id);
        if (service != UNKNOWN && isRequest(service, id)) {
            return service;
        }
        int typed = id < 0 ? UNKNOWN : find(id + FROM_TYPE);
        return typed != UNKNOWN && isRequest(typed, id + FROM_TYPE) ? typed : UNKNOWN;
    }

    static int request(int service) {
        return REQUESTS[service];
    }

    static int response(int service) {
        return RESPONSES[service];
    }

    static int operation(int service) {
        return OPERATION[service];
    }

    /** What an id of a request or response is called, such as {@code ReadRequest}; empty if nobody knows. */
    static String name(int id) {
        return switch (id) {
            case HELLO -> "Hello";
            case ERROR -> "Error";
            case ABORT -> "Abort";
            case FAULT -> "ServiceFault";
            default -> {
                int service = find(id);
                yield service == UNKNOWN
                        ? ""
                        : ALL.get(service).name() + (isRequest(service, id) ? "Request" : "Response");
            }
        };
    }
}
