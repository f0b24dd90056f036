package io.sluice.testdata.record;

import static io.sluice.testdata.record.Opc3Client.all;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import java.util.Arrays;
import java.util.List;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/** RegisterNodes: a short name means another node, then none, then a third; a firewall that does not follow is fooled. */
final class OpcAliasPlay {
    private final Opc3Client client;

    OpcAliasPlay(Opc3Client client) {
        this.client = client;
    }

    void play() throws Exception {
        NodeId[] alias = register(Opc3.SPEED, Opc3.PRESSURE, Opc3.RECIPE, Opc3.RESET, Opc3.TEMPERATURE, Opc3.STOP);
        client.read("three aliases", alias[0], alias[1], alias[4]);
        client.write("alias of speed = 750", alias[0], 750.0);
        client.write("aliases of speed and pressure = 400, 500", alias[0], 400.0, alias[1], ushort(500));
        client.write("alias of speed = 1501", alias[0], 1501.0);
        client.write("alias of recipe = bock", alias[2], "bock");
        client.write("alias of speed = 500, recipe = bock", alias[0], 500.0, Opc3.RECIPE, "bock");
        client.call("alias of reset", Opc3.LINE, alias[3]);
        client.call("alias of stop", Opc3.LINE, alias[5]);
        watch(alias[4]);
        unregister(alias[0], alias[2]);
        client.write("the alias of speed that was given back", alias[0], 600.0);
        NodeId[] again = register(Opc3.RECIPE); // and gets the number that was the alias of speed
        client.write("what was the alias of speed = weizen", again[0], "weizen");
        client.read("what was the alias of speed", again[0]);
        client.write("an alias that was never given = 1", new NodeId(Opc3.NAMESPACE, uint(90_100)), 1.0);
        unregister(again[0], alias[1], alias[3], alias[4], alias[5]);
    }

    private NodeId[] register(NodeId... nodes) throws Exception {
        NodeId[] aliases = all(client.milo().registerNodes(List.of(nodes)).getRegisteredNodeIds());
        client.request("registered", () -> Arrays.stream(aliases).map(NodeId::toParseableString).toList());
        return aliases;
    }

    private void unregister(NodeId... aliases) throws Exception {
        client.request("unregister", () -> client.milo().unregisterNodes(List.of(aliases)).getResponseHeader()
                .getServiceResult());
    }

    private void watch(NodeId alias) throws Exception {
        OpcUaSubscription subscription = new OpcUaSubscription(client.milo(), 200.0);
        subscription.create();
        subscription.addMonitoredItem(OpcUaMonitoredItem.newDataItem(alias));
        subscription.synchronizeMonitoredItems();
        Thread.sleep(500);
        subscription.delete();
        client.request("watched " + alias.toParseableString(), () -> "");
    }
}
