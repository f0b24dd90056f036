package io.sluice.integration.peer;

import static io.sluice.integration.peer.OpcNodes.node;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.methods.AbstractMethodInvocationHandler;
import org.eclipse.milo.opcua.sdk.server.nodes.UaMethodNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.sdk.server.util.SubscriptionModel;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;
import org.jspecify.annotations.Nullable;

/** One line with a few nodes; tells of each write and call that it receives before it carries it out. */
final class OpcNamespace extends ManagedNamespaceWithLifecycle {
    private static final int SHOWN = 40;

    private final SubscriptionModel subscriptions;
    private final Consumer<String> received;
    private final Map<UaVariableNode, DataValue> variables = new LinkedHashMap<>();

    OpcNamespace(OpcUaServer server, Consumer<String> received) {
        super(server, OpcNodes.NAMESPACE_URI);
        this.received = received;
        subscriptions = new SubscriptionModel(server, this);
        getLifecycleManager().addLifecycle(subscriptions);
        getLifecycleManager().addStartupTask(this::nodes);
    }

    private void nodes() {
        UaObjectNode line = new UaObjectNode(getNodeContext(), node("Line3"), newQualifiedName("Line3"),
                LocalizedText.english("Line3"), LocalizedText.NULL_VALUE, uint(0), uint(0));
        getNodeManager().addNode(line);
        line.addReference(new Reference(line.getNodeId(), NodeIds.HasTypeDefinition, NodeIds.BaseObjectType.expanded(),
                true));
        line.addReference(new Reference(line.getNodeId(), NodeIds.Organizes, NodeIds.ObjectsFolder.expanded(), false));
        variable(line, "Line3.Speed", NodeIds.Double, 600.0);
        variable(line, "Line3.Pressure", NodeIds.Double, 4.0);
        variable(line, "Line3.Recipe", NodeIds.String, "water");
        variable(line, "Line3.Image", NodeIds.ByteString, ByteString.of(new byte[16]));
        variable(line, "Line3.Curve", NodeIds.Int32,
                IntStream.range(0, OpcNodes.CURVE_SIZE).boxed().toArray(Integer[]::new));
        method(line, "Line3.Reset");
        method(line, "Line3.Stop");
    }

    private void variable(UaObjectNode parent, String name, NodeId type, Object value) {
        UaVariableNode.UaVariableNodeBuilder builder = new UaVariableNode.UaVariableNodeBuilder(getNodeContext());
        builder.setNodeId(node(name)).setBrowseName(newQualifiedName(name)).setDisplayName(LocalizedText.english(name))
                .setDataType(type).setTypeDefinition(NodeIds.BaseDataVariableType)
                .setAccessLevel(AccessLevel.READ_WRITE).setUserAccessLevel(AccessLevel.READ_WRITE)
                .setMinimumSamplingInterval(10.0).setValue(new DataValue(new Variant(value)));
        if (value.getClass().isArray()) {
            builder.setValueRank(1).setArrayDimensions(new UInteger[]{uint(0)});
        }
        UaVariableNode made = builder.build();
        getNodeManager().addNode(made);
        parent.addComponent(made);
        variables.put(made, made.getValue());
    }

    /** Sets all values as at first. */
    void reset() {
        variables.forEach(UaVariableNode::setValue);
    }

    private void method(UaObjectNode parent, String name) {
        UaMethodNode method = UaMethodNode.builder(getNodeContext()).setNodeId(node(name))
                .setBrowseName(newQualifiedName(name)).setDisplayName(LocalizedText.english(name)).build();
        method.setInvocationHandler(new Done(method));
        getNodeManager().addNode(method);
        parent.addComponent(method);
    }

    /** A method without arguments that always succeeds. */
    private static final class Done extends AbstractMethodInvocationHandler {
        private Done(UaMethodNode method) {
            super(method);
        }

        @Override
        public Argument[] getInputArguments() {
            return new Argument[0];
        }

        @Override
        public Argument[] getOutputArguments() {
            return new Argument[0];
        }

        @Override
        protected Variant[] invoke(InvocationContext context, Variant[] inputs) {
            return new Variant[0];
        }
    }

    @Override
    public List<StatusCode> write(WriteContext context, List<WriteValue> writes) {
        writes.forEach(write -> received.accept("write " + write.getNodeId().getIdentifier() + " = "
                + brief(write.getValue().getValue().getValue())));
        return super.write(context, writes);
    }

    private static String brief(@Nullable Object value) {
        String text = value instanceof ByteString bytes ? bytes.length() + " bytes" : String.valueOf(value);
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN);
    }

    @Override
    public List<CallMethodResult> call(CallContext context, List<CallMethodRequest> calls) {
        calls.forEach(call -> received.accept("call " + call.getMethodId().getIdentifier()));
        return super.call(context, calls);
    }

    @Override
    public void onDataItemsCreated(List<DataItem> items) {
        subscriptions.onDataItemsCreated(items);
    }

    @Override
    public void onDataItemsModified(List<DataItem> items) {
        subscriptions.onDataItemsModified(items);
    }

    @Override
    public void onDataItemsDeleted(List<DataItem> items) {
        subscriptions.onDataItemsDeleted(items);
    }

    @Override
    public void onMonitoringModeChanged(List<MonitoredItem> items) {
        subscriptions.onMonitoringModeChanged(items);
    }
}
