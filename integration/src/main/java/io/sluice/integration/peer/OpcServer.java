package io.sluice.integration.peer;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfigLimits;
import org.eclipse.milo.opcua.sdk.server.identity.AnonymousIdentityValidator;
import org.eclipse.milo.opcua.stack.core.Stack;
import org.eclipse.milo.opcua.stack.core.channel.EncodingLimits;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.transport.TransportProfile;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;

/**
 * An OPC UA server, by Milo, without security. Requests: {@code received}, every write and call that came to be carried out,
 * in order; {@code bytes}, a line for each connection with all that was read from it, in hexadecimal; {@code told}, how many changes
 * of values it has sent in answers to Publish; {@code clear} forgets writes, calls and bytes, and sets all values as at first.
 */
public final class OpcServer {
    private static final int CHUNK = 65_535, CHUNKS = 64, MESSAGE = 1 << 21, DEPTH = 64, SESSIONS = 1000;

    private final List<String> received = Collections.synchronizedList(new ArrayList<>());
    private final List<ByteArrayOutputStream> connections = Collections.synchronizedList(new ArrayList<>());
    private final OpcUaServer server;
    private final OpcNamespace nodes;

    private OpcServer(String address, String name) {
        server = server(address, name);
        nodes = new OpcNamespace(server, received::add);
    }

    /** Arguments: address and, where it is another, the name by which it says that it is reached. */
    public static void main(String[] arguments) throws Exception {
        OpcServer peer = new OpcServer(arguments[0], arguments[arguments.length - 1]);
        peer.nodes.startup();
        peer.server.startup().get();
        Asked.serve(peer::answer);
    }

    private OpcUaServer server(String address, String name) {
        // Milo takes many connections from one address for an attack.
        Stack.ConnectionLimits.RATE_LIMIT_ENABLED = false;
        EndpointConfig endpoint = EndpointConfig.newBuilder().setTransportProfile(TransportProfile.TCP_UASC_UABINARY)
                .setBindAddress(address).setBindPort(OpcNodes.PORT).setHostname(name).setPath("")
                .addTokenPolicies(OpcUaServerConfig.USER_TOKEN_POLICY_ANONYMOUS).setSecurityPolicy(SecurityPolicy.None)
                .setSecurityMode(MessageSecurityMode.None).build();
        OpcUaServerConfig config = OpcUaServerConfig.builder().setApplicationUri("urn:sluice:opc-3")
                .setProductUri("urn:sluice:integration").setApplicationName(LocalizedText.english("opc-3"))
                .setEndpoints(Set.of(endpoint)).setEncodingLimits(new EncodingLimits(CHUNK, CHUNKS, MESSAGE, DEPTH))
                .setCertificateManager(new DefaultCertificateManager(new MemoryCertificateQuarantine()))
                .setIdentityValidator(AnonymousIdentityValidator.INSTANCE).setLimits(new OpcUaServerConfigLimits() {
                    @Override
                    public UInteger getMaxSessions() {
                        return uint(SESSIONS);
                    }
                }).build();
        OpcTcpServerTransportConfig transport = OpcTcpServerTransportConfig.newBuilder()
                .setChannelPipelineCustomizer(this::record).build();
        return new OpcUaServer(config, profile -> new OpcTcpServerTransport(transport));
    }

    private void record(ChannelPipeline pipeline) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        connections.add(bytes);
        pipeline.addFirst(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                bytes.writeBytes(ByteBufUtil.getBytes((ByteBuf) message));
                context.fireChannelRead(message);
            }
        });
    }

    private List<String> answer(String[] words) {
        return switch (words[0]) {
            case "received" -> List.copyOf(received);
            case "bytes" -> connections.stream().map(b -> HexFormat.of().formatHex(b.toByteArray())).toList();
            case "told" -> List.of(Long.toString(told()));
            case "clear" -> clear();
            default -> List.of("unknown: " + words[0]);
        };
    }

    private long told() {
        return server.getSubscriptions().values().stream()
                .mapToLong(each -> each.getSubscriptionDiagnostics().getDataChangeNotificationsCount().sum()).sum();
    }

    private List<String> clear() {
        nodes.reset();
        received.clear();
        connections.forEach(ByteArrayOutputStream::reset);
        return List.of();
    }
}
