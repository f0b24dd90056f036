package io.sluice.testdata.record;

import static io.sluice.testdata.record.Opc3Client.first;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.milo.opcua.sdk.client.subscriptions.MonitoredItemServiceOperationResult;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MonitoringMode;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;

/** A subscription from creation to deletion, with everything that can be done to it and its items. */
final class OpcSubscriptionPlay {
    private final Opc3Client client;
    private final AtomicInteger notified = new AtomicInteger();

    OpcSubscriptionPlay(Opc3Client client) {
        this.client = client;
    }

    void play() throws Exception {
        OpcUaSubscription subscription = new OpcUaSubscription(client.milo(), 200.0);
        subscription.create();
        OpcUaMonitoredItem temperature = item(Opc3.TEMPERATURE);
        OpcUaMonitoredItem speed = item(Opc3.SPEED);
        OpcUaMonitoredItem missing = item(Opc3.named("Line3.Nothing"));
        OpcUaMonitoredItem name = new OpcUaMonitoredItem(new ReadValueId(Opc3.RECIPE, AttributeId.DisplayName.uid(),
                null, QualifiedName.NULL_VALUE));
        subscription.addMonitoredItems(List.of(temperature, speed, missing, name));
        client.request("create items", () -> results(subscription.createMonitoredItems()));
        Thread.sleep(700);
        client.write("speed = 650, and be told of it", Opc3.SPEED, 650.0);
        Thread.sleep(300);
        temperature.setSamplingInterval(400.0);
        temperature.setQueueSize(uint(5));
        client.request("modify item", () -> results(subscription.modifyMonitoredItems()));
        subscription.setPublishingInterval(300.0);
        client.request("modify subscription", () -> {
            subscription.modify();
            return subscription.getRevisedPublishingInterval();
        });
        UInteger id = subscription.getSubscriptionId().orElseThrow();
        UInteger first = temperature.getMonitoredItemId().orElseThrow();
        UInteger second = speed.getMonitoredItemId().orElseThrow();
        client.request("set triggering", () -> first(client.milo().setTriggering(id, first, List.of(second), List.of())
                .getAddResults()));
        client.request("set monitoring mode", () -> results(subscription.setMonitoringMode(
                MonitoringMode.Sampling, List.of(speed))));
        client.request("publishing off", () -> first(client.milo().setPublishingMode(false, List.of(id)).getResults()));
        client.request("publishing on", () -> first(client.milo().setPublishingMode(true, List.of(id)).getResults()));
        client.request("republish", () -> client.milo().republish(id, uint(9_999)));
        Thread.sleep(500);
        subscription.removeMonitoredItem(speed);
        client.request("delete item", () -> results(subscription.deleteMonitoredItems()));
        subscription.delete();
        client.request("subscription deleted after notifications", () -> "some: " + (notified.get() > 3));
    }

    private static List<String> results(List<MonitoredItemServiceOperationResult> results) {
        return results.stream().map(result -> result.operationResult().map(Opc3Client::said).orElse("none")).toList();
    }

    private OpcUaMonitoredItem item(NodeId node) {
        OpcUaMonitoredItem item = OpcUaMonitoredItem.newDataItem(node);
        item.setSamplingInterval(100.0);
        item.setQueueSize(uint(10));
        item.setDataValueListener((from, value) -> notified.incrementAndGet());
        return item;
    }
}
