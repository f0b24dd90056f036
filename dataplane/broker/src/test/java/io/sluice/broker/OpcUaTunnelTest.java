package io.sluice.broker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Milo's client finds Milo's server through OpenSSH and the gateway by discovery alone: neither is told where the other is. */
class OpcUaTunnelTest {
    private static final String PLC = "127.0.0.2";
    private static final String RULES = "channel: {mode: [none, sign]}\n    allow: [{id: o1, do: [browse, read, subscribe]}]";
    private static final String ENCRYPTED = "channel: {mode: sign_and_encrypt}\n    allow: [{id: o1, do: encrypted}]";

    @TempDir
    Path folder;

    private static OpcUaDevice device;
    private static int port;
    /** Where the tunnel begins; what the server calls itself, {@code localhost} and its own port, leads nowhere. */
    private int local;

    @BeforeAll
    static void start() throws Exception {
        port = Ssh.free();
        device = new OpcUaDevice(PLC, port);
    }

    @AfterAll
    static void stop() throws Exception {
        device.close();
    }

    @BeforeEach
    void local() throws IOException {
        local = Ssh.free();
    }

    private String tunnel() {
        return "opc.tcp://localhost:" + local + "/line";
    }

    private static String policy(int port, String rules) {
        return """
                policy: jump
                mode: enforce
                zones:
                  cell: {ports: [cell]}
                  jump: {broker: true}
                assets:
                  plc: {zone: cell, address: %s}
                conduits:
                  upload:
                    from: jump
                    to: plc
                    protocol: {opcua: {port: %d}}
                    %s
                """.formatted(PLC, port, rules);
    }

    private interface Visit {
        void make(Gateway gateway) throws Exception;
    }

    private void through(String rules, Visit visit) throws Exception {
        Lobby lobby = new Lobby(policy(port, rules), PLC, port);
        lobby.rules = Optional.empty();
        lobby.recorded = true;
        try (Gateway gateway = Gateway.start(new GatewaySettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), folder.resolve("key"),
                Optional.of(folder.resolve("recordings")), GatewayLimits.DEFAULT), lobby);
                Ssh ssh = new Ssh(folder, gateway, "once-only", "-N", "-L", "127.0.0.1:" + local + ":plc:" + port)) {
            try (Socket listening = ssh.connect(local)) {
                assertTrue(listening.isConnected());
            }
            visit.make(gateway);
        }
    }

    private OpcUaClient client(MessageSecurityMode mode, boolean checks) throws Exception {
        X509Certificate certificate = OpcUaDevice.certificate("urn:laptop", "laptop");
        return OpcUaClient.create(tunnel(),
                found -> found.stream().filter(e -> e.getSecurityMode() == mode).findFirst(), _ -> {
                },
                config -> config.setApplicationUri("urn:laptop").setKeyPair(OpcUaDevice.KEY).setCertificate(certificate)
                        .setCertificateChain(new X509Certificate[]{certificate})
                        .setSessionEndpointValidationEnabled(checks));
    }

    private static void reads(OpcUaClient client) throws Exception {
        client.connect();
        Object servers = client.readValues(0, TimestampsToReturn.Neither, List.of(NodeIds.Server_ServerArray))
                .getFirst()
                .getValue().getValue();
        assertArrayEquals(new String[]{OpcUaDevice.URI}, (String[]) Objects.requireNonNull(servers));
        client.disconnect();
    }

    @Test
    void whatDiscoveryNamesLeadsThroughTheTunnelAndASessionNamesTheSame() throws Exception {
        through(RULES, gateway -> {
            List<EndpointDescription> endpoints = DiscoveryClient.getEndpoints(tunnel()).get();
            assertEquals(List.of(tunnel(), tunnel(), tunnel()),
                    endpoints.stream().map(each -> String.valueOf(each.getEndpointUrl())).toList());
            assertTrue(DiscoveryClient.findServers(tunnel()).get().stream()
                    .flatMap(server -> Arrays.stream(Objects.requireNonNull(server.getDiscoveryUrls())))
                    .allMatch(tunnel()::equals));
            reads(client(MessageSecurityMode.None, true));
            assertEquals(4, gateway.counts().readdressed());
            assertEquals(0, gateway.counts().addressed());
        });
        try (Stream<Path> files = Files.list(folder.resolve("recordings"))) {
            Path recording = files.findFirst().orElseThrow();
            String recorded = new String(Files.readAllBytes(recording), StandardCharsets.ISO_8859_1);
            assertTrue(recorded.contains("opc.tcp://" + OpcUaDevice.NAME + ":" + port), "the device's own words");
            RecordingTest.Observer observer = RecordingTest.judged(recording, policy(port, RULES));
            assertTrue(observer.messages.size() > 20, observer.messages::toString);
            assertTrue(observer.messages.stream().allMatch(m -> m.endsWith(" allowed")), observer.messages::toString);
            assertEquals(List.of(), observer.anomalies);
        }
    }

    /** Nobody but the server can sign: the session names the server as the plant knows it. */
    @Test
    void onASignedChannelAClientThatComparesDoesNotConnectAndOneThatDoesNotDoes() throws Exception {
        through(RULES, gateway -> {
            reads(client(MessageSecurityMode.Sign, false));
            OpcUaClient comparing = client(MessageSecurityMode.Sign, true);
            UaException refused = assertThrows(UaException.class, comparing::connect);
            assertTrue(String.valueOf(refused.getMessage()).contains("do not match"), refused::toString);
            assertTrue(gateway.counts().addressed() > 0);
            comparing.disconnect();
        });
    }

    /** The way out: name and port on the engineer's computer are those that the server uses for itself. */
    @Test
    void whereNameAndPortAreTheServersOwnAClientThatComparesConnectsOnASignedChannelToo() throws Exception {
        local = port;
        through(RULES, gateway -> {
            reads(client(MessageSecurityMode.Sign, true));
            assertEquals(0, gateway.counts().readdressed());
        });
    }

    @Test
    void anEncryptedSessionIsFoundByDiscovery() throws Exception {
        through(ENCRYPTED, gateway -> {
            reads(client(MessageSecurityMode.SignAndEncrypt, false));
            assertEquals(1, gateway.counts().readdressed());
            assertEquals(1, gateway.counts().addressed());
            OpcUaClient comparing = client(MessageSecurityMode.SignAndEncrypt, true);
            assertThrows(UaException.class, comparing::connect);
            comparing.disconnect();
        });
    }
}
