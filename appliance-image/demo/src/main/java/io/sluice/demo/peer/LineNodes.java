package io.sluice.demo.peer;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;

/** The nodes of one bottling line. Nobody subscribes to them. */
final class LineNodes extends ManagedNamespaceWithLifecycle {
    /** Milo's own namespaces are 0 and 1, so the first that a server adds is 2. */
    static final int NAMESPACE = 2;

    private final Map<String, UaVariableNode> variables = new HashMap<>();

    LineNodes(OpcUaServer server) {
        super(server, "urn:sluice:demo");
        getLifecycleManager().addStartupTask(this::make);
    }

    static NodeId node(String name) {
        return new NodeId(NAMESPACE, name);
    }

    private void make() {
        UaObjectNode line = new UaObjectNode(getNodeContext(), node("Line3"), newQualifiedName("Line3"),
                LocalizedText.english("Line3"), LocalizedText.NULL_VALUE, uint(0), uint(0));
        getNodeManager().addNode(line);
        line.addReference(new Reference(line.getNodeId(), NodeIds.HasTypeDefinition, NodeIds.BaseObjectType.expanded(),
                true));
        line.addReference(new Reference(line.getNodeId(), NodeIds.Organizes, NodeIds.ObjectsFolder.expanded(), false));
        variable(line, "Line3.Speed", 600);
        variable(line, "Line3.Pressure", 4);
    }

    private void variable(UaObjectNode line, String name, double value) {
        UaVariableNode made = new UaVariableNode.UaVariableNodeBuilder(getNodeContext()).setNodeId(node(name))
                .setBrowseName(newQualifiedName(name)).setDisplayName(LocalizedText.english(name))
                .setDataType(NodeIds.Double).setTypeDefinition(NodeIds.BaseDataVariableType)
                .setAccessLevel(AccessLevel.READ_WRITE).setUserAccessLevel(AccessLevel.READ_WRITE)
                .setValue(new DataValue(new Variant(value))).build();
        getNodeManager().addNode(made);
        line.addComponent(made);
        variables.put(name, made);
    }

    /** The value of a node, as a text. */
    String value(String name) {
        UaVariableNode variable = variables.get(name);
        return variable == null ? "nothing" : String.valueOf(variable.getValue().getValue().getValue());
    }

    @Override
    public void onDataItemsCreated(List<DataItem> items) {}

    @Override
    public void onDataItemsModified(List<DataItem> items) {}

    @Override
    public void onDataItemsDeleted(List<DataItem> items) {}

    @Override
    public void onMonitoringModeChanged(List<MonitoredItem> items) {}
}
