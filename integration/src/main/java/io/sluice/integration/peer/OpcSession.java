package io.sluice.integration.peer;

import static io.sluice.integration.peer.OpcNodes.node;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.sdk.client.identity.AnonymousProvider;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.channel.EncodingLimits;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.transport.TransportProfile;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.ApplicationType;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.ApplicationDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;

/** One session of Milo's client without security. */
public final class OpcSession implements AutoCloseable {
    private static final int PATIENCE_MILLISECONDS = 1_500, MESSAGE = 1 << 21, DEPTH = 64, NEVER = 600_000,
            CONNECT_SECONDS = 15;

    private final OpcUaClient client;

    private OpcSession(OpcUaClient client) {
        this.client = client;
    }

    /** Connects; a connection that is cut off later is not made again. */
    public static OpcSession open(String address, int port, int chunk) throws Exception {
        OpcUaClient client = OpcUaClient.create(OpcUaClientConfig.builder()
                .setEndpoint(endpointAt(address, port)).setApplicationUri("urn:sluice:raw")
                .setApplicationName(LocalizedText.english("raw")).setSessionName(() -> "raw")
                .setIdentityProvider(new AnonymousProvider()).setRequestTimeout(uint(PATIENCE_MILLISECONDS))
                .setKeepAliveInterval(uint(NEVER))
                .setEncodingLimits(new EncodingLimits(chunk, MESSAGE / chunk, MESSAGE, DEPTH)).build());
        client.connectAsync().get(CONNECT_SECONDS, TimeUnit.SECONDS); // connect() would wait without end
        return new OpcSession(client);
    }

    /** What a server without security answers when it is asked for its endpoints. */
    private static EndpointDescription endpointAt(String address, int port) {
        ApplicationDescription server = new ApplicationDescription("urn:sluice:opc-3", "urn:sluice:integration",
                LocalizedText.english("opc-3"), ApplicationType.Server, null, null, new String[0]);
        UserTokenPolicy anonymous = new UserTokenPolicy("anonymous", UserTokenType.Anonymous, null, null, null);
        return new EndpointDescription("opc.tcp://" + address + ":" + port, server, ByteString.NULL_VALUE,
                MessageSecurityMode.None, SecurityPolicy.None.getUri(), new UserTokenPolicy[]{anonymous},
                TransportProfile.TCP_UASC_UABINARY.getUri(), ubyte(0));
    }

    /** Writes a number. */
    public String write(String name, double value) throws InterruptedException {
        return said(writing(name, value));
    }

    private CompletableFuture<List<StatusCode>> writing(String name, double value) {
        return client.writeValuesAsync(List.of(node(name)), List.of(DataValue.valueOnly(new Variant(value))));
    }

    /** Reads and at once writes a number, without waiting between. */
    public String readAndWrite(String name, double value) throws InterruptedException {
        var read = client.readValuesAsync(0, TimestampsToReturn.Neither, List.of(node(name)));
        String saw = said(writing(name, value));
        read.cancel(true);
        return saw;
    }

    /** Writes as many bytes, and a number behind them. */
    public String writeBehind(String image, int size, String name, double value) throws InterruptedException {
        return said(client.writeValuesAsync(List.of(node(image), node(name)),
                List.of(DataValue.valueOnly(new Variant(ByteString.of(new byte[size]))),
                        DataValue.valueOnly(new Variant(value)))));
    }

    private static String said(CompletableFuture<List<StatusCode>> writing) throws InterruptedException {
        try {
            StatusCode code = writing.get().getLast();
            return code.isGood() ? "Good" : name(code);
        } catch (ExecutionException e) {
            return "fault " + (e.getCause() instanceof UaException fault ? name(fault.getStatusCode()) : e.getCause());
        }
    }

    private static String name(StatusCode code) {
        return StatusCodes.lookup(code.getValue()).map(names -> names[0]).orElse("?");
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a client that is done
    public void close() {
        client.disconnectAsync();
    }
}
