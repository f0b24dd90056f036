package io.sluice.testdata.record;

import static io.sluice.testdata.record.Opc3Client.first;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePath;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePath;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePathElement;
import org.eclipse.milo.opcua.stack.core.types.structured.ViewDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;

/** The clients of the recording `plain`: each role plays one of them on channels without security, and ends. */
public final class PlainClients {
    private final String address;
    private final Opc3Client client;

    private PlainClients(String address, Opc3Client client) {
        this.address = address;
        this.client = client;
    }

    /** Arguments: hmi, historian, engineer, poll-hmi or poll-historian; the address of the server; and the own one. */
    public static void main(String[] arguments) throws Exception {
        String address = arguments[1];
        switch (arguments[0]) {
            case "hmi" -> hmi(address);
            case "historian" -> historian(address, arguments[2]);
            case "engineer" -> engineer(address);
            case "poll-hmi" -> poll(address, "hmi-3", Opc3.SPEED, true);
            case "poll-historian" -> poll(address, "historian", Opc3.TEMPERATURE, false);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        System.exit(0);
    }

    private static void hmi(String address) throws Exception {
        System.out.println("servers: " + DiscoveryClient.findServers(Opc3Client.url(address)).get().size());
        try (Opc3Client client = Opc3Client.connect(address, Opc3Client.Wish.plain("hmi-3"))) {
            PlainClients play = new PlainClients(address, client);
            play.look();
            play.reads();
            play.setPointsInside();
            play.setPointsOutside();
            play.together();
            play.calls();
            new OpcAliasPlay(client).play();
            new OpcSubscriptionPlay(client).play();
            new OpcRareServicesPlay(client).play();
            play.anotherSession();
            play.dragSlider();
        }
    }

    /** Browse, with continuation points that are followed and given back, and paths. */
    private void look() throws Exception {
        client.browse("objects", NodeIds.ObjectsFolder);
        client.browse("line", Opc3.LINE);
        client.request("browse line by threes", () -> {
            BrowseResult result = byThrees(Opc3.LINE);
            int pages = 1;
            while (result.getContinuationPoint().isNotNull() && pages < 3) {
                result = first(client.milo().browseNext(false, List.of(result.getContinuationPoint())).getResults());
                pages++;
            }
            client.milo().browseNext(true, List.of(result.getContinuationPoint()));
            return pages + " pages, the rest not wanted";
        });
        RelativePathElement line = new RelativePathElement(NodeIds.Organizes, false, true,
                new QualifiedName(Opc3.NAMESPACE, "Line3"));
        RelativePathElement speed = new RelativePathElement(NodeIds.HasComponent, false, true,
                new QualifiedName(Opc3.NAMESPACE, "Speed"));
        client.request("translate /2:Line3/2:Speed", () -> first(first(client.milo().translateBrowsePaths(List.of(
                new BrowsePath(NodeIds.ObjectsFolder, new RelativePath(new RelativePathElement[]{line, speed}))))
                .getResults()).getTargets()).getTargetId());
    }

    private BrowseResult byThrees(NodeId node) throws Exception {
        ViewDescription everything = new ViewDescription(NodeId.NULL_VALUE, DateTime.NULL_VALUE, uint(0));
        return first(client.milo().browse(everything, uint(3), List.of(Opc3Client.description(node))).getResults());
    }

    private void reads() throws Exception {
        client.read("speed", Opc3.SPEED);
        client.read("five nodes", Opc3.SPEED, Opc3.PRESSURE, Opc3.RECIPE, Opc3.TEMPERATURE, Opc3.PROFILE);
        client.read("guid and opaque", Opc3.FLOW, Opc3.LEVEL);
        client.read("server's time and namespaces", NodeIds.Server_ServerStatus_CurrentTime,
                NodeIds.Server_NamespaceArray);
        client.read("one that is not there", Opc3.named("Line3.Nothing"), new NodeId(9, uint(1)));
        List<ReadValueId> attributes = new ArrayList<>();
        for (int attribute : new int[]{1, 2, 3, 4, 5, 13, 14, 17, 18}) {
            attributes.add(new ReadValueId(Opc3.SPEED, uint(attribute), null, QualifiedName.NULL_VALUE));
        }
        client.readAll("attributes of speed", attributes);
        client.readAll("profile 1:3", List.of(Opc3Client.reading(Opc3.PROFILE, "1:3")));
    }

    private void setPointsInside() throws Exception {
        client.write("speed = 0", Opc3.SPEED, 0.0);
        client.write("speed = 750", Opc3.SPEED, 750.0);
        client.write("speed = 1500", Opc3.SPEED, 1500.0);
        client.write("pressure = 700", Opc3.PRESSURE, ushort(700));
        client.write("speed = 100, pressure = 1500", Opc3.SPEED, 100.0, Opc3.PRESSURE, ushort(1500));
    }

    private void setPointsOutside() throws Exception {
        client.write("speed = 1501", Opc3.SPEED, 1501.0);
        client.write("speed = 1500 and the smallest bit", Opc3.SPEED, Math.nextUp(1500.0));
        client.write("speed = -1", Opc3.SPEED, -1.0);
        client.write("speed = NaN", Opc3.SPEED, Double.NaN);
        client.write("speed = infinity", Opc3.SPEED, Double.POSITIVE_INFINITY);
        client.write("pressure = 65535", Opc3.PRESSURE, ushort(65_535));
        client.write("speed = Int32 20, the wrong type", Opc3.SPEED, 20);
        client.write("speed = {1, 2}, an array", Opc3.SPEED, new Double[]{1.0, 2.0});
        client.writeAll("speed = nothing",
                List.of(new WriteValue(Opc3.SPEED, AttributeId.Value.uid(), null,
                        DataValue.valueOnly(new Variant(null)))));
        client.writeAll("speed = 200 with status and time", List.of(new WriteValue(Opc3.SPEED, AttributeId.Value.uid(),
                null, new DataValue(new Variant(200.0), StatusCode.GOOD, DateTime.now()))));
        client.write("recipe = lager", Opc3.RECIPE, "lager");
        client.write("temperature = 20, read only", Opc3.TEMPERATURE, 20.0);
        client.write("guid node = 13.5", Opc3.FLOW, 13.5f);
        client.write("opaque node = 60", Opc3.LEVEL, (short) 60);
        client.writeAll("name of speed", List.of(Opc3Client.writing(Opc3.SPEED, AttributeId.DisplayName, null,
                LocalizedText.english("Slowness"))));
        client.writeAll("description of speed", List.of(Opc3Client.writing(Opc3.SPEED, AttributeId.Description, null,
                LocalizedText.english("?"))));
        client.writeAll("profile 0:1 = {7, 8}", List.of(Opc3Client.writing(Opc3.PROFILE, AttributeId.Value, "0:1",
                new Integer[]{7, 8})));
    }

    /** Requests of which one item may pass and another may not. */
    private void together() throws Exception {
        client.write("speed = 300, recipe = stout", Opc3.SPEED, 300.0, Opc3.RECIPE, "stout");
        client.write("speed = 300, pressure = 1501", Opc3.SPEED, 300.0, Opc3.PRESSURE, ushort(1501));
        client.write("speed = 300, speed = 1600", Opc3.SPEED, 300.0, Opc3.SPEED, 1600.0);
        client.write("recipe = ale, speed = 300", Opc3.RECIPE, "ale", Opc3.SPEED, 300.0);
    }

    private void calls() throws Exception {
        client.call("reset", Opc3.LINE, Opc3.RESET);
        client.call("stop", Opc3.LINE, Opc3.STOP);
        client.call("reset and stop", Opc3.LINE, Opc3.RESET, Opc3.LINE, Opc3.STOP);
        client.call("reset on the wrong object", NodeIds.ObjectsFolder, Opc3.RESET);
        client.call("a method of the server", NodeIds.Server, NodeIds.Server_GetMonitoredItems);
    }

    /** A second session wants the first one's alias, and its subscription, which Milo grants nobody without security. */
    private void anotherSession() throws Exception {
        NodeId alias = first(client.milo().registerNodes(List.of(Opc3.SPEED)).getRegisteredNodeIds());
        var created = client.milo().createSubscription(500.0, uint(60), uint(20), uint(0), true,
                ubyte(0));
        try (Opc3Client other = Opc3Client.connect(address, Opc3Client.Wish.plain("hmi-3"))) {
            other.write("an alias of the other session = 1", alias, 1.0);
            other.request("transfer",
                    () -> first(other.milo().transferSubscriptions(List.of(created.getSubscriptionId()),
                            true).getResults()).getStatusCode());
        }
        client.request("delete subscription", () -> first(client.milo().deleteSubscriptions(List.of(
                created.getSubscriptionId())).getResults()));
    }

    /** Five writes without waiting for an answer, the last of them too high. */
    private void dragSlider() {
        List<CompletableFuture<WriteResponse>> answers = new ArrayList<>();
        for (double speed : new double[]{1100, 1200, 1300, 1400, 1600}) {
            answers.add(client.milo().writeAsync(List.of(Opc3Client.writing(Opc3.SPEED, speed))));
        }
        answers.forEach(CompletableFuture::join);
    }

    /** A user by name, whose password travels encrypted although the channel is not; mostly reads. */
    private static void historian(String address, String own) throws Exception {
        OpcCertificate certificate = OpcCertificate.make("historian", Opc3Client.applicationUri("historian"), own);
        Opc3Client.Wish wish = Opc3Client.Wish.plain("historian").as(new UsernameProvider(Opc3.USER, Opc3.PASSWORD),
                certificate);
        try (Opc3Client client = Opc3Client.connect(address, wish)) {
            for (int i = 0; i < 5; i++) {
                client.read("line", Opc3.SPEED, Opc3.PRESSURE, Opc3.TEMPERATURE);
            }
            new OpcRareServicesPlay(client).history();
            client.write("recipe = porter", Opc3.RECIPE, "porter");
            client.write("speed = 800", Opc3.SPEED, 800.0);
        }
    }

    /** A laptop that is no asset; it leaves without closing anything. */
    private static void engineer(String address) throws Exception {
        Opc3Client client = Opc3Client.connect(address, Opc3Client.Wish.plain("laptop"));
        client.browse("line", Opc3.LINE);
        client.read("speed", Opc3.SPEED);
        client.write("speed = 1000", Opc3.SPEED, 1000.0);
        client.call("stop", Opc3.LINE, Opc3.STOP);
        client.write("opaque node = 1, recipe = none", Opc3.LEVEL, (short) 1, Opc3.RECIPE, "none");
    }

    /** Two of these at once: their first alias is the same number and means two nodes. */
    private static void poll(String address, String name, NodeId node, boolean writes) throws Exception {
        try (Opc3Client client = Opc3Client.connect(address, Opc3Client.Wish.plain(name))) {
            NodeId alias = first(client.milo().registerNodes(List.of(node)).getRegisteredNodeIds());
            for (int i = 0; i < 8; i++) {
                client.read(name + " " + alias.toParseableString(), alias);
                if (writes) {
                    client.write(name + " " + alias.toParseableString(), alias, 600.0 + i);
                }
                Thread.sleep(100);
            }
            client.request("unregister", () -> client.milo().unregisterNodes(List.of(alias)).getResponseHeader()
                    .getServiceResult());
        }
    }
}
