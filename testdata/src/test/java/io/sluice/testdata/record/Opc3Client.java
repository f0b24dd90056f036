package io.sluice.testdata.record;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfigBuilder;
import org.eclipse.milo.opcua.sdk.client.identity.AnonymousProvider;
import org.eclipse.milo.opcua.sdk.client.identity.IdentityProvider;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.channel.EncodingLimits;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;
import org.jspecify.annotations.Nullable;

/** A client of `opc-3`, by Milo: connects as asked, sends one request after the other and prints what came of each. */
final class Opc3Client implements AutoCloseable {
    private static final int PATIENCE_MILLISECONDS = 5_000, APART_MILLISECONDS = 40, MESSAGE = 1 << 20, DEPTH = 64;

    /** The session's own heartbeat, a read of the server's state, comes later than any recording ends. */
    private static final int HEARTBEAT_MILLISECONDS = 600_000;

    /** What a client wants of its channel and session. */
    record Wish(String name, SecurityPolicy policy, MessageSecurityMode mode, IdentityProvider identity,
            @Nullable OpcCertificate certificate, int chunk, int lifetimeMilliseconds) {

        /** Security None, nobody in particular. */
        static Wish plain(String name) {
            return new Wish(name, SecurityPolicy.None, MessageSecurityMode.None, new AnonymousProvider(), null, 65_535,
                    3_600_000);
        }

        Wish as(IdentityProvider user, @Nullable OpcCertificate application) {
            return new Wish(name, policy, mode, user, application, chunk, lifetimeMilliseconds);
        }

        Wish secured(SecurityPolicy by, MessageSecurityMode how) {
            return new Wish(name, by, how, identity, certificate, chunk, lifetimeMilliseconds);
        }

        Wish chunks(int bytes) {
            return new Wish(name, policy, mode, identity, certificate, bytes, lifetimeMilliseconds);
        }

        Wish lifetime(int milliseconds) {
            return new Wish(name, policy, mode, identity, certificate, chunk, milliseconds);
        }
    }

    private final OpcUaClient client;

    private Opc3Client(OpcUaClient client) {
        this.client = client;
    }

    static String url(String address) {
        return "opc.tcp://" + address + ":4840";
    }

    static String applicationUri(String name) {
        return "urn:sluice:" + name;
    }

    /** Asks a server for its endpoints on a connection of its own, as Milo does, and connects to the one that fits. */
    static Opc3Client connect(String address, Wish wish) throws Exception {
        List<EndpointDescription> endpoints = DiscoveryClient.getEndpoints(url(address)).get();
        EndpointDescription endpoint = endpoints.stream()
                .filter(offered -> wish.policy.getUri().equals(offered.getSecurityPolicyUri())
                        && offered.getSecurityMode() == wish.mode)
                .findFirst().orElseThrow();
        OpcUaClientConfigBuilder config = OpcUaClientConfig.builder().setEndpoint(endpoint)
                .setApplicationUri(applicationUri(wish.name)).setApplicationName(LocalizedText.english(wish.name))
                .setSessionName(() -> wish.name).setIdentityProvider(wish.identity)
                .setRequestTimeout(uint(PATIENCE_MILLISECONDS)).setKeepAliveInterval(uint(HEARTBEAT_MILLISECONDS))
                .setEncodingLimits(new EncodingLimits(wish.chunk, MESSAGE / wish.chunk, MESSAGE, DEPTH))
                .setCertificateValidator(new CertificateValidator.InsecureCertificateValidator());
        if (wish.certificate != null) {
            config.setKeyPair(wish.certificate.keys()).setCertificate(wish.certificate.certificate())
                    .setCertificateChain(wish.certificate.chain());
        }
        OpcUaClient client = OpcUaClient.create(config.build(), transport -> transport
                .setChannelLifetime(uint(wish.lifetimeMilliseconds)));
        try {
            client.connect();
        } catch (UaException e) {
            client.disconnect();
            throw e;
        }
        return new Opc3Client(client);
    }

    OpcUaClient milo() {
        return client;
    }

    /** One request, what came of it, and a pause, so that a recording can be read in order. */
    void request(String what, Callable<?> request) throws InterruptedException {
        try {
            Object result = request.call();
            System.out.println(what + ": " + (result instanceof StatusCode code ? said(code) : result));
        } catch (UaException e) {
            System.out.println(what + ": fault " + said(e.getStatusCode()));
        } catch (Exception e) {
            System.out.println(what + ": " + e);
        }
        Thread.sleep(APART_MILLISECONDS);
    }

    void read(String what, NodeId... nodes) throws InterruptedException {
        readAll(what, Arrays.stream(nodes).map(node -> reading(node, null)).toList());
    }

    void readAll(String what, List<ReadValueId> reads) throws InterruptedException {
        request("read " + what, () -> Arrays.stream(all(client.read(0, TimestampsToReturn.Both, reads).getResults()))
                .map(result -> said(result.getStatusCode())).distinct()
                .toList());
    }

    /** Writes values to nodes, in pairs: node, value, node, value. */
    void write(String what, Object... pairs) throws InterruptedException {
        List<WriteValue> writes = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            writes.add(writing((NodeId) pairs[i], pairs[i + 1]));
        }
        writeAll(what, writes);
    }

    void writeAll(String what, List<WriteValue> writes) throws InterruptedException {
        request("write " + what,
                () -> Arrays.stream(all(client.write(writes).getResults())).map(Opc3Client::said).distinct().toList());
    }

    /** Calls methods without arguments, in pairs: object, method, object, method. */
    void call(String what, NodeId... pairs) throws InterruptedException {
        List<CallMethodRequest> calls = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            calls.add(new CallMethodRequest(pairs[i], pairs[i + 1], new Variant[0]));
        }
        request("call " + what, () -> Arrays.stream(all(client.call(calls).getResults()))
                .map(result -> said(result.getStatusCode())).toList());
    }

    void browse(String what, NodeId node) throws InterruptedException {
        request("browse " + what, () -> all(client.browse(description(node)).getReferences()).length);
    }

    static BrowseDescription description(NodeId node) {
        return new BrowseDescription(node, BrowseDirection.Forward, NodeIds.HierarchicalReferences, true, uint(0),
                uint(63));
    }

    static ReadValueId reading(NodeId node, @Nullable String range) {
        return new ReadValueId(node, AttributeId.Value.uid(), range, QualifiedName.NULL_VALUE);
    }

    static WriteValue writing(NodeId node, Object value) {
        return writing(node, AttributeId.Value, null, value);
    }

    static WriteValue writing(NodeId node, AttributeId attribute, @Nullable String range, Object value) {
        return new WriteValue(node, attribute.uid(), range, DataValue.valueOnly(new Variant(value)));
    }

    static String said(StatusCode code) {
        return code.isGood() ? "good" : StatusCodes.lookup(code.getValue()).map(names -> names[0]).orElse("?");
    }

    /** The results of a request, which the protocol lets be absent and this server never leaves out. */
    static <T> T[] all(T @Nullable [] results) {
        return Objects.requireNonNull(results);
    }

    static <T> T first(T @Nullable [] results) {
        return all(results)[0];
    }

    @Override
    public void close() throws UaException {
        client.disconnect();
    }
}
