package io.sluice.manage.assets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.manage.Recording;
import io.sluice.manage.assets.Identification.How;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.transport.TransportProfile;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real device of pymodbus and a real server of Milo. */
class ActiveIdentificationIT {
    private static final String DEVICE = """
            import sys
            from pymodbus import ModbusDeviceIdentification
            from pymodbus.datastore import ModbusDeviceContext, ModbusSequentialDataBlock, ModbusServerContext
            from pymodbus.server import StartTcpServer
            identity = ModbusDeviceIdentification(info_name={"VendorName": "Pump Works", "ProductCode": "PW-7",
                "MajorMinorRevision": "3.1", "VendorUrl": "http://pump.example", "ProductName": "Pump controller",
                "ModelName": "PW-7/4", "UserApplicationName": "line 3"})
            block = ModbusSequentialDataBlock(1, [0] * 10)
            context = ModbusServerContext(devices=ModbusDeviceContext(di=block, co=block, hr=block, ir=block), single=True)
            StartTcpServer(context, identity=identity, address=("127.0.0.1", int(sys.argv[1])))
            """;

    @TempDir
    Path folder;

    private static Asset device(String address, boolean known, String... protocols) {
        return new Asset("dev", known ? "dev" : "", "cell", List.of(address), List.of(), List.of(protocols),
                List.of(Asset.Role.SERVER), List.of(), Identification.NONE, null, null, known, "", "");
    }

    private static int free() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static ActiveIdentification asking() {
        return new ActiveIdentification(true, Duration.ofSeconds(5));
    }

    @Test
    void aModbusDeviceSaysWhatItIs() throws Exception {
        Process probe = new ProcessBuilder("python3", "-c", "import pymodbus.server").redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        Assumptions.assumeTrue(probe.waitFor() == 0, "pymodbus is not installed; `pip install pymodbus`");
        int port = free();
        Path script = Files.writeString(folder.resolve("device.py"), DEVICE);
        Path log = folder.resolve("log");
        Process device = new ProcessBuilder("python3", script.toString(), Integer.toString(port))
                .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            for (int i = 0; i < 300 && device.isAlive() && !listens(port); i++) {
                Thread.sleep(100);
            }
            assertTrue(device.isAlive(), () -> read(log));
            Identification said = asking().identify(device("127.0.0.1", true, "modbus"), "127.0.0.1", How.MODBUS, port);
            assertEquals(How.MODBUS, said.how());
            assertEquals("Pump Works", said.values().get("vendor_name"), said::toString);
            assertEquals("PW-7", said.values().get("product_code"));
            assertEquals("3.1", said.values().get("revision"));
            assertEquals("PW-7/4", said.values().get("model_name"), said::toString);
        } finally {
            device.destroy();
            device.waitFor(5, TimeUnit.SECONDS);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            return "";
        }
    }

    private static boolean listens(int port) {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (java.io.IOException e) {
            return false;
        }
    }

    private static OpcUaServer mixer(int port) {
        EndpointConfig endpoint = EndpointConfig.newBuilder()
                .setTransportProfile(TransportProfile.TCP_UASC_UABINARY).setBindAddress("127.0.0.1").setBindPort(port)
                .setHostname("127.0.0.1").setPath("").addTokenPolicies(OpcUaServerConfig.USER_TOKEN_POLICY_ANONYMOUS)
                .setSecurityPolicy(SecurityPolicy.None).setSecurityMode(MessageSecurityMode.None).build();
        OpcUaServerConfig config = OpcUaServerConfig.builder().setApplicationUri("urn:mixer:3")
                .setProductUri("urn:mixers").setApplicationName(LocalizedText.english("mixer 3"))
                .setCertificateManager(new DefaultCertificateManager(new MemoryCertificateQuarantine()))
                .setEndpoints(Set.of(endpoint)).build();
        return new OpcUaServer(config,
                _ -> new OpcTcpServerTransport(OpcTcpServerTransportConfig.newBuilder().build()));
    }

    @Test
    void anOpcUaServerSaysWhatItIsAndHowItIsProtected() throws Exception {
        int port = free();
        OpcUaServer server = mixer(port);
        server.startup().get(60, TimeUnit.SECONDS);
        try {
            Map<String, String> said = asking()
                    .identify(device("127.0.0.1", true, "opcua"), "127.0.0.1", How.OPCUA, port).values();
            assertEquals("urn:mixer:3", said.get("application.uri"));
            assertEquals("mixer 3", said.get("application.name"));
            assertTrue(said.getOrDefault("application.security", "").startsWith("None"), said::toString);
        } finally {
            server.shutdown().get(60, TimeUnit.SECONDS);
        }
    }

    // The policy says where it listens; of two addresses, one is of another network card.
    @Test
    void aServerIsAskedAtAllItsAddressesAndAtThePortThatThePolicyNames() throws Exception {
        int port = free();
        OpcUaServer server = mixer(port);
        server.startup().get(60, TimeUnit.SECONDS);
        try {
            NamedAssets names = NamedAssets.of(Recording.read("""
                    policy: mixers
                    mode: enforce
                    zones: {cell: {ports: [cell]}, ops: {ports: [plant]}}
                    assets: {dev: {zone: cell, address: 127.0.0.1}, other: {zone: cell, address: 127.0.0.9}}
                    conduits:
                      elsewhere: {from: ops, to: other, protocol: {opcua: {port: 1}}, allow: [{id: a, do: browse}]}
                      browse: {from: ops, to: dev, protocol: {opcua: {port: %d}}, allow: [{id: b, do: browse}]}
                    """.formatted(port)));
            Asset two = new Asset("dev", "dev", "cell", List.of("127.0.0.2", "127.0.0.1"), List.of(),
                    List.of("modbus", "opcua"), List.of(Asset.Role.SERVER), List.of(), Identification.NONE, null, null,
                    true, "", "");
            assertEquals("mixer 3", asking().identify(two, names).values().get("application.name"));
            IdentificationException nobody = assertThrows(IdentificationException.class,
                    () -> asking().identify(device("127.0.0.9", true, "opcua"), names));
            assertTrue(String.valueOf(nobody.getMessage()).contains("127.0.0.9"), nobody.getMessage());
        } finally {
            server.shutdown().get(60, TimeUnit.SECONDS);
        }
    }

    // Accepts and says nothing: as a device behind a firewall that swallows the question.
    @Test
    void whoDoesNotAnswerIsGivenUpInTime() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            ActiveIdentification asking = new ActiveIdentification(true, Duration.ofMillis(500));
            for (How how : List.of(How.MODBUS, How.OPCUA)) {
                long began = System.nanoTime();
                IdentificationException refused = assertThrows(IdentificationException.class, () -> asking
                        .identify(device("127.0.0.1", true, "modbus", "opcua"), "127.0.0.1", how,
                                silent.getLocalPort()));
                assertTrue(System.nanoTime() - began < 20_000_000_000L);
                assertTrue(String.valueOf(refused.getMessage()).contains("127.0.0.1"), refused.getMessage());
            }
        }
    }

    @Test
    void nobodyIsAskedWhoIsNotKnownOrWhereItIsNotAllowed() throws Exception {
        try (ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            door.setSoTimeout(200);
            IdentificationException unknown = assertThrows(IdentificationException.class, () -> asking()
                    .identify(device("127.0.0.1", false, "modbus"), "127.0.0.1", How.MODBUS, door.getLocalPort()));
            assertTrue(String.valueOf(unknown.getMessage()).contains("neither named"), unknown.getMessage());
            IdentificationException off = assertThrows(IdentificationException.class,
                    () -> new ActiveIdentification(false, Duration.ofSeconds(1))
                            .identify(device("127.0.0.1", true, "modbus"), "127.0.0.1", How.MODBUS,
                                    door.getLocalPort()));
            assertTrue(String.valueOf(off.getMessage()).contains("settings"), off.getMessage());
            assertThrows(java.net.SocketTimeoutException.class, door::accept);
        }
        assertThrows(IdentificationException.class,
                () -> asking().identify(device("10.0.0.0/24", true, "modbus"), NamedAssets.NONE));
        assertThrows(IdentificationException.class,
                () -> asking().identify(device("127.0.0.1", true, "tcp port 22"), NamedAssets.NONE));
    }
}
