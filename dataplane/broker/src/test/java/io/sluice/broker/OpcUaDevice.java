package io.sluice.broker;

import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.identity.AnonymousIdentityValidator;
import org.eclipse.milo.opcua.stack.core.Stack;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.DefaultApplicationGroup;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateStore;
import org.eclipse.milo.opcua.stack.core.security.MemoryTrustListManager;
import org.eclipse.milo.opcua.stack.core.security.RsaSha256CertificateFactory;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.transport.TransportProfile;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateGenerator;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;

/** An OPC UA server by Milo that calls itself {@link #NAME}, wherever it is, with and without security. */
final class OpcUaDevice implements AutoCloseable {
    static final String NAME = "localhost";
    static final String URI = "urn:sluice:press-3";

    /** Of both sides: making one takes long. */
    static final KeyPair KEY = key();

    static {
        Stack.ConnectionLimits.RATE_LIMIT_ENABLED = false; // every client of the tests is at one address
    }

    private final OpcUaServer server;

    OpcUaDevice(String address, int port) throws Exception {
        X509Certificate certificate = certificate(URI, NAME);
        RsaSha256CertificateFactory factory = new RsaSha256CertificateFactory() {
            @Override
            protected KeyPair createRsaSha256KeyPair() {
                return KEY;
            }

            @Override
            protected X509Certificate[] createRsaSha256CertificateChain(KeyPair of) {
                return new X509Certificate[]{certificate};
            }
        };
        DefaultApplicationGroup group = DefaultApplicationGroup.createAndInitialize(new MemoryTrustListManager(),
                new MemoryCertificateStore(), factory, new CertificateValidator.InsecureCertificateValidator());
        EndpointConfig.Builder base = EndpointConfig.newBuilder()
                .setTransportProfile(TransportProfile.TCP_UASC_UABINARY)
                .setBindAddress(address).setBindPort(port).setHostname(NAME).setPath("/line")
                .setCertificate(certificate)
                .addTokenPolicies(OpcUaServerConfig.USER_TOKEN_POLICY_ANONYMOUS);
        Set<EndpointConfig> endpoints = new HashSet<>();
        endpoints.add(base.copy().setSecurityPolicy(SecurityPolicy.None).setSecurityMode(MessageSecurityMode.None)
                .build());
        for (MessageSecurityMode mode : List.of(MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt)) {
            endpoints.add(base.copy().setSecurityPolicy(SecurityPolicy.Basic256Sha256).setSecurityMode(mode).build());
        }
        OpcUaServerConfig config = OpcUaServerConfig.builder().setApplicationUri(URI).setProductUri(URI)
                .setApplicationName(LocalizedText.english("press-3")).setEndpoints(endpoints)
                .setCertificateManager(new DefaultCertificateManager(new MemoryCertificateQuarantine(), group))
                .setIdentityValidator(AnonymousIdentityValidator.INSTANCE).build();
        OpcTcpServerTransportConfig transport = OpcTcpServerTransportConfig.newBuilder().build();
        server = new OpcUaServer(config, _ -> new OpcTcpServerTransport(transport));
        server.startup().get();
    }

    private static KeyPair key() {
        try {
            return SelfSignedCertificateGenerator.generateRsaKeyPair(2048);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static X509Certificate certificate(String application, String host) throws Exception {
        return new SelfSignedCertificateBuilder(KEY).setCommonName(host).setApplicationUri(application).addDnsName(host)
                .build();
    }

    @Override
    public void close() {
        server.shutdown().join();
    }
}
