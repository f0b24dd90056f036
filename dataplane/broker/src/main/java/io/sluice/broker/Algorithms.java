package io.sluice.broker;

import java.util.List;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.OptionalFeature;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;

/**
 * What the gateway speaks: what every OpenSSH since 8.5 (2021) and PuTTY since 0.81 offer first, and nothing for older
 * clients' sake. Key exchanges against later quantum computers come first.
 */
final class Algorithms {
    private static final List<BuiltinDHFactories> EXCHANGES = List.of(BuiltinDHFactories.mlkem768x25519,
            BuiltinDHFactories.sntrup761x25519, BuiltinDHFactories.sntrup761x25519_openssh,
            BuiltinDHFactories.curve25519, BuiltinDHFactories.curve25519_libssh);
    /** All of them authenticate what they encrypt: no separate MAC is ever used. */
    private static final List<BuiltinCiphers> CIPHERS = List.of(BuiltinCiphers.aes256gcm, BuiltinCiphers.aes128gcm,
            BuiltinCiphers.cc20p1305_openssh);
    private static final List<BuiltinMacs> MACS = List.of(BuiltinMacs.hmacsha256etm, BuiltinMacs.hmacsha512etm);
    /** The host's own is Ed25519; the others are for clients' keys. */
    private static final List<BuiltinSignatures> SIGNATURES = List.of(BuiltinSignatures.ed25519,
            BuiltinSignatures.sk_ssh_ed25519, BuiltinSignatures.sk_ecdsa_sha2_nistp256, BuiltinSignatures.nistp256,
            BuiltinSignatures.nistp384, BuiltinSignatures.nistp521, BuiltinSignatures.rsaSHA512,
            BuiltinSignatures.rsaSHA256);

    private Algorithms() {}

    static void set(SshServer server) {
        server.setKeyExchangeFactories(NamedFactory.setUpTransformedFactories(true, EXCHANGES, ServerBuilder.DH2KEX));
        server.setCipherFactories(supported(CIPHERS));
        server.setMacFactories(supported(MACS));
        server.setSignatureFactories(signatures());
        server.setCompressionFactories(List.of(BuiltinCompressions.none));
    }

    static List<NamedFactory<Signature>> signatures() {
        return supported(SIGNATURES);
    }

    private static <T, F extends NamedFactory<T> & OptionalFeature> List<NamedFactory<T>> supported(List<F> wanted) {
        return wanted.stream().filter(OptionalFeature::isSupported).<NamedFactory<T>>map(f -> f).toList();
    }
}
