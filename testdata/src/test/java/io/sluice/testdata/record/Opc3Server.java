package io.sluice.testdata.record;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.identity.AnonymousIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.identity.CompositeValidator;
import org.eclipse.milo.opcua.sdk.server.identity.UsernameIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.identity.X509IdentityValidator;
import org.eclipse.milo.opcua.stack.core.channel.EncodingLimits;
import org.eclipse.milo.opcua.stack.core.security.CertificateManager;
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
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;

/** The server `opc-3`, by Milo: believes every certificate and one password. Runs until it is killed. */
public final class Opc3Server {
    private static final int PORT = 4840, CHUNK = 65_535, CHUNKS = 64, MESSAGE = 1 << 20, DEPTH = 64;

    private Opc3Server() {}

    /** Arguments: address, and the security policies that it offers beside None. */
    public static void main(String[] arguments) throws Exception {
        String address = arguments[0];
        OpcCertificate own = OpcCertificate.make("opc-3", Opc3.SERVER_URI, address);
        OpcUaServerConfig config = OpcUaServerConfig.builder().setApplicationUri(Opc3.SERVER_URI)
                .setProductUri("urn:sluice:recordings").setApplicationName(LocalizedText.english("opc-3"))
                .setEndpoints(endpoints(address, List.of(arguments).subList(1, arguments.length), own))
                .setEncodingLimits(new EncodingLimits(CHUNK, CHUNKS, MESSAGE, DEPTH))
                .setCertificateManager(certificates(own))
                .setIdentityValidator(new CompositeValidator(AnonymousIdentityValidator.INSTANCE,
                        new UsernameIdentityValidator(login -> login.getUsername().equals(Opc3.USER)
                                && login.getPassword().equals(Opc3.PASSWORD)),
                        new X509IdentityValidator(certificate -> true)))
                .build();
        OpcTcpServerTransportConfig transport = OpcTcpServerTransportConfig.newBuilder()
                .setMinimumSecureChannelLifetime(uint(1000)).build(); // so that a recording need not wait to see it renewed
        OpcUaServer server = new OpcUaServer(config, profile -> new OpcTcpServerTransport(transport));
        new Opc3Namespace(server).startup();
        server.startup().get();
        System.out.println("opc-3 listens");
        Thread.currentThread().join();
    }

    private static Set<EndpointConfig> endpoints(String address, List<String> policies, OpcCertificate own) {
        Set<EndpointConfig> endpoints = new LinkedHashSet<>();
        EndpointConfig.Builder base = EndpointConfig.newBuilder().setTransportProfile(
                TransportProfile.TCP_UASC_UABINARY).setBindAddress(address).setBindPort(PORT).setHostname(address)
                .setPath("").setCertificate(own.certificate())
                .addTokenPolicies(OpcUaServerConfig.USER_TOKEN_POLICY_ANONYMOUS,
                        OpcUaServerConfig.USER_TOKEN_POLICY_USERNAME, OpcUaServerConfig.USER_TOKEN_POLICY_X509);
        endpoints.add(base.copy().setSecurityPolicy(SecurityPolicy.None)
                .setSecurityMode(MessageSecurityMode.None).build());
        for (String policy : policies) {
            for (MessageSecurityMode mode : List.of(MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt)) {
                endpoints.add(base.copy().setSecurityPolicy(SecurityPolicy.valueOf(policy)).setSecurityMode(mode)
                        .build());
            }
        }
        return endpoints;
    }

    private static CertificateManager certificates(OpcCertificate own) throws Exception {
        RsaSha256CertificateFactory factory = new RsaSha256CertificateFactory() {
            @Override
            protected KeyPair createRsaSha256KeyPair() {
                return own.keys();
            }

            @Override
            protected X509Certificate[] createRsaSha256CertificateChain(KeyPair keys) {
                return own.chain();
            }
        };
        return new DefaultCertificateManager(new MemoryCertificateQuarantine(),
                DefaultApplicationGroup.createAndInitialize(new MemoryTrustListManager(), new MemoryCertificateStore(),
                        factory, new CertificateValidator.InsecureCertificateValidator()));
    }
}
