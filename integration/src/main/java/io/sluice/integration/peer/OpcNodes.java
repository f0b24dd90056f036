package io.sluice.integration.peer;

import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/** The nodes of the OPC UA server. */
final class OpcNodes {
    /** Milo's own namespaces are 0 and 1, so the first that a server adds is 2. */
    static final int NAMESPACE = 2, PORT = 4840;

    static final String NAMESPACE_URI = "urn:sluice:integration";

    /** How many numbers the curve has: its value takes several chunks. */
    static final int CURVE_SIZE = 50_000;

    private OpcNodes() {}

    /** A node of ours by its short name, such as {@code Line3.Speed}. */
    static NodeId node(String name) {
        return new NodeId(NAMESPACE, name);
    }
}
