package io.sluice.demo.peer;

import static io.sluice.demo.peer.LineNodes.node;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.List;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.sdk.client.identity.AnonymousProvider;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;
import org.jspecify.annotations.Nullable;

/** The panel's connection to the line, by Milo. */
final class OpcUaPanel implements PanelMain.Polled {
    private static final int PATIENCE_MILLIS = 2000;
    private static final List<NodeId> SHOWN = List.of(node("Line3.Speed"), node("Line3.Pressure"));

    private final String address;
    private @Nullable OpcUaClient client;

    OpcUaPanel(String address) {
        this.address = address;
    }

    @Override
    public synchronized void poll() throws Exception {
        connected().readValues(0, TimestampsToReturn.Neither, SHOWN);
    }

    /** Writes a node, and says what came of it. */
    synchronized String write(String name, double value) throws Exception {
        OpcUaClient by = connected();
        try {
            StatusCode code = by.writeValues(List.of(node(name)),
                    List.of(DataValue.valueOnly(new Variant(value)))).getFirst();
            return code.isGood() ? "written" : name(code);
        } catch (UaException e) {
            return "connection lost (" + name(e.getStatusCode()) + ")";
        }
    }

    /** Milo connects again by itself; only the first time is ours. */
    private OpcUaClient connected() throws Exception {
        OpcUaClient known = client;
        if (known != null) {
            return known;
        }
        EndpointDescription offered = DiscoveryClient.getEndpoints("opc.tcp://" + address + ":" + OpcServerMain.PORT)
                .get().getFirst();
        OpcUaClient made = OpcUaClient.create(OpcUaClientConfig.builder()
                .setEndpoint(EndpointUtil.updateUrl(offered, address, OpcServerMain.PORT))
                .setApplicationUri("urn:sluice:demo:hmi").setApplicationName(LocalizedText.english("hmi"))
                .setSessionName(() -> "hmi").setIdentityProvider(new AnonymousProvider())
                .setRequestTimeout(uint(PATIENCE_MILLIS)).build());
        made.connect();
        client = made;
        return made;
    }

    private static String name(StatusCode code) {
        return StatusCodes.lookup(code.getValue()).map(names -> names[0]).orElse(code.toString());
    }
}
