package io.sluice.demo.peer;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.identity.AnonymousIdentityValidator;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.transport.TransportProfile;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;

/**
 * The line's OPC UA server, by Milo, without security, so that messages can be judged. Argument: the address to listen at.
 * Requests: {@code value NAME}, the value of a node; {@code connections ADDRESS}, how many came from there.
 */
public final class OpcServerMain {
    static final int PORT = 4840;

    private final List<String> connectionsFrom = new CopyOnWriteArrayList<>();

    private OpcServerMain() {}

    public static void main(String... arguments) throws Exception {
        OpcServerMain line = new OpcServerMain();
        LineNodes nodes = line.start(arguments[0]);
        Requests.serve(words -> line.answer(nodes, words));
    }

    private LineNodes start(String address) throws Exception {
        EndpointConfig endpoint = EndpointConfig.newBuilder().setTransportProfile(TransportProfile.TCP_UASC_UABINARY)
                .setBindAddress(address).setBindPort(PORT).setHostname(address).setPath("")
                .addTokenPolicies(OpcUaServerConfig.USER_TOKEN_POLICY_ANONYMOUS).setSecurityPolicy(SecurityPolicy.None)
                .setSecurityMode(MessageSecurityMode.None).build();
        OpcUaServerConfig config = OpcUaServerConfig.builder().setApplicationUri("urn:sluice:demo:line")
                .setProductUri("urn:sluice:demo").setApplicationName(LocalizedText.english("line"))
                .setEndpoints(Set.of(endpoint))
                .setCertificateManager(new DefaultCertificateManager(new MemoryCertificateQuarantine()))
                .setIdentityValidator(AnonymousIdentityValidator.INSTANCE).build();
        OpcTcpServerTransportConfig transport = OpcTcpServerTransportConfig.newBuilder()
                .setChannelPipelineCustomizer(pipeline -> pipeline.addFirst(new Counting())).build();
        OpcUaServer server = new OpcUaServer(config, profile -> new OpcTcpServerTransport(transport));
        LineNodes nodes = new LineNodes(server);
        nodes.startup();
        server.startup().get();
        return nodes;
    }

    private String answer(LineNodes nodes, String[] words) {
        return switch (words[0]) {
            case "value" -> words[1] + " is " + nodes.value(words[1]);
            case "connections" -> connectionsFrom.stream().filter(words[1]::equals).count() + " connections from "
                    + words[1] + " came";
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    /** Notes who connects. */
    private final class Counting extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            if (context.channel().remoteAddress() instanceof InetSocketAddress from) {
                connectionsFrom.add(from.getAddress().getHostAddress());
            }
            context.fireChannelActive();
        }
    }
}
