package io.sluice.testdata.record;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.milo.opcua.sdk.server.AccessContext;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/**
 * What RegisterNodes handed out: short numeric names, each for one node and within one session (OPC 10000-4 §5.9.5).
 * Every session counts from `i=90001`, and a number that was given back is the next to be given out, so that the same
 * alias means different nodes to different sessions and at different times.
 */
final class OpcAliases {
    private static final int FIRST = 90_001;

    private record Alias(NodeId session, NodeId name) {}

    private final Map<Alias, NodeId> nodes = new ConcurrentHashMap<>();

    /** The alias of a node, given out now. */
    synchronized NodeId register(AccessContext context, NodeId node) {
        NodeId session = session(context);
        int number = FIRST;
        while (nodes.containsKey(new Alias(session, name(number)))) {
            number++;
        }
        nodes.put(new Alias(session, name(number)), node);
        return name(number);
    }

    void unregister(AccessContext context, NodeId alias) {
        nodes.remove(new Alias(session(context), alias));
    }

    /** The node behind an alias; any other name is its own. */
    NodeId resolve(AccessContext context, NodeId name) {
        return nodes.getOrDefault(new Alias(session(context), name), name);
    }

    private static NodeId session(AccessContext context) {
        return context.getSession().map(Session::getSessionId).orElse(NodeId.NULL_VALUE);
    }

    private static NodeId name(int number) {
        return new NodeId(Opc3.NAMESPACE, uint(number));
    }
}
