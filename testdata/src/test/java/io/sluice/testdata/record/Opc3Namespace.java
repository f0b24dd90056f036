package io.sluice.testdata.record;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.core.WriteMask;
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
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryData;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResult;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryUpdateDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryUpdateResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRawModifiedDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;

/** The address space of `opc-3`: one line with a node of every kind of identifier, aliases and a little history. */
final class Opc3Namespace extends ManagedNamespaceWithLifecycle {
    private static final Set<AccessLevel> ALL = AccessLevel.fromValue(0x0F);

    private final SubscriptionModel subscriptions;
    private final OpcAliases aliases = new OpcAliases();
    private double temperature = 71.5;

    Opc3Namespace(OpcUaServer server) {
        super(server, Opc3.NAMESPACE_URI);
        subscriptions = new SubscriptionModel(server, this);
        getLifecycleManager().addLifecycle(subscriptions);
        getLifecycleManager().addStartupTask(this::nodes);
    }

    private void nodes() {
        UaObjectNode line = object(Opc3.LINE, "Line3", NodeIds.ObjectsFolder, NodeIds.Organizes);
        variable(line, Opc3.SPEED, "Speed", NodeIds.Double, 600.0, ALL);
        variable(line, Opc3.PRESSURE, "Pressure", NodeIds.UInt16, ushort(400), ALL);
        variable(line, Opc3.RECIPE, "Recipe", NodeIds.String, "water", ALL);
        UaVariableNode read = variable(line, Opc3.TEMPERATURE, "Temperature", NodeIds.Double, temperature,
                AccessLevel.HISTORY_READ_ONLY);
        read.setAccessLevel(AccessLevel.toValue(AccessLevel.CurrentRead, AccessLevel.HistoryRead));
        read.setUserAccessLevel(read.getAccessLevel());
        variable(line, Opc3.PROFILE, "Profile", NodeIds.Int32, new Integer[]{10, 20, 30, 40, 50}, ALL);
        variable(line, Opc3.FLOW, "Flow", NodeIds.Float, 12.5f, ALL);
        variable(line, Opc3.LEVEL, "Level", NodeIds.Int16, (short) 55, ALL);
        method(line, Opc3.RESET, "Reset");
        method(line, Opc3.STOP, "Stop");
        UaObjectNode tags = object(Opc3.TAGS, "Tags", Opc3.LINE, NodeIds.HasComponent);
        variable(tags, Opc3.IMAGE, "Image", NodeIds.ByteString, ByteString.of(new byte[16]), ALL);
        variable(tags, Opc3.CURVE, "Curve", NodeIds.Int32,
                IntStream.range(0, 5_000).boxed().toArray(Integer[]::new), ALL);
        for (int i = 0; i < Opc3.TAG_COUNT; i++) {
            variable(tags, Opc3.tag(i), "Tag.%03d".formatted(i), NodeIds.Int32, i, ALL);
        }
        var _ = getServer().getScheduledExecutorService().scheduleAtFixedRate(() -> {
            temperature += 0.25;
            read.setValue(new DataValue(new Variant(temperature)));
        }, 100, 100, TimeUnit.MILLISECONDS);
    }

    private UaObjectNode object(NodeId id, String name, NodeId parent, NodeId reference) {
        UaObjectNode node = new UaObjectNode(getNodeContext(), id, newQualifiedName(name), LocalizedText.english(name),
                LocalizedText.NULL_VALUE, uint(0), uint(0));
        getNodeManager().addNode(node);
        node.addReference(new Reference(id, NodeIds.HasTypeDefinition, NodeIds.BaseObjectType.expanded(), true));
        node.addReference(new Reference(id, reference, parent.expanded(), false));
        return node;
    }

    private UaVariableNode variable(UaObjectNode parent, NodeId id, String name, NodeId type, Object value,
            Set<AccessLevel> access) {
        UaVariableNode.UaVariableNodeBuilder builder = new UaVariableNode.UaVariableNodeBuilder(getNodeContext());
        builder.setNodeId(id).setBrowseName(newQualifiedName(name)).setDisplayName(LocalizedText.english(name))
                .setDataType(type).setTypeDefinition(NodeIds.BaseDataVariableType).setAccessLevel(access)
                .setUserAccessLevel(access).setMinimumSamplingInterval(10.0)
                .setWriteMask(uint(WriteMask.DisplayName.getValue()))
                .setValue(new DataValue(new Variant(value)));
        if (value.getClass().isArray()) {
            builder.setValueRank(1).setArrayDimensions(new UInteger[]{uint(0)});
        }
        UaVariableNode node = builder.build();
        getNodeManager().addNode(node);
        parent.addComponent(node);
        return node;
    }

    private void method(UaObjectNode parent, NodeId id, String name) {
        UaMethodNode method = UaMethodNode.builder(getNodeContext()).setNodeId(id).setBrowseName(newQualifiedName(name))
                .setDisplayName(LocalizedText.english(name)).build();
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
    public List<NodeId> registerNodes(RegisterNodesContext context, List<NodeId> ids) {
        return ids.stream().map(id -> aliases.register(context, id)).toList();
    }

    @Override
    public void unregisterNodes(UnregisterNodesContext context, List<NodeId> ids) {
        ids.forEach(id -> aliases.unregister(context, id));
    }

    @Override
    public List<DataValue> read(ReadContext context, Double age, TimestampsToReturn times, List<ReadValueId> reads) {
        return super.read(context, age, times, reads.stream().map(read -> new ReadValueId(
                aliases.resolve(context, read.getNodeId()), read.getAttributeId(), read.getIndexRange(),
                read.getDataEncoding())).toList());
    }

    @Override
    public List<StatusCode> write(WriteContext context, List<WriteValue> writes) {
        return super.write(context, writes.stream().map(write -> new WriteValue(
                aliases.resolve(context, write.getNodeId()), write.getAttributeId(), write.getIndexRange(),
                write.getValue())).toList());
    }

    @Override
    public List<CallMethodResult> call(CallContext context, List<CallMethodRequest> calls) {
        return super.call(context, calls.stream().map(call -> new CallMethodRequest(
                aliases.resolve(context, call.getObjectId()), aliases.resolve(context, call.getMethodId()),
                call.getInputArguments())).toList());
    }

    /** Ten values a second apart for every question about raw values. */
    @Override
    public List<HistoryReadResult> historyRead(HistoryReadContext context, HistoryReadDetails details,
            TimestampsToReturn times, List<HistoryReadValueId> ids) {
        if (!(details instanceof ReadRawModifiedDetails)) {
            return super.historyRead(context, details, times, ids);
        }
        DataValue[] values = IntStream.range(0, 10).mapToObj(i -> new DataValue(new Variant(70.0 + i), StatusCode.GOOD,
                new DateTime(DateTime.now().getUtcTime() - i * 10_000_000L))).toArray(DataValue[]::new);
        ExtensionObject data = ExtensionObject.encode(getServer().getStaticEncodingContext(), new HistoryData(values));
        return ids.stream().map(id -> new HistoryReadResult(StatusCode.GOOD, ByteString.NULL_VALUE, data)).toList();
    }

    /** History can be rewritten here, as in servers that a laboratory corrects. */
    @Override
    public List<HistoryUpdateResult> historyUpdate(HistoryUpdateContext context, List<HistoryUpdateDetails> updates) {
        return updates.stream().map(update -> new HistoryUpdateResult(StatusCode.GOOD, null, null)).toList();
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
