package io.sluice.testdata.record;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateGenerator;

/** A key and a certificate that it signed itself, made for one recording and never stored. */
record OpcCertificate(KeyPair keys, X509Certificate certificate) {
    private static final int KEY_BITS = 2048;

    /** Makes one and prints what a policy pins: the SHA-256 of its DER form. */
    static OpcCertificate make(String name, String uri, String address) throws Exception {
        KeyPair keys = SelfSignedCertificateGenerator.generateRsaKeyPair(KEY_BITS);
        X509Certificate certificate = new SelfSignedCertificateBuilder(keys).setCommonName(name)
                .setOrganization("Sluice recordings").setApplicationUri(uri).addIpAddress(address).build();
        OpcCertificate made = new OpcCertificate(keys, certificate);
        System.out.println("certificate of " + name + ": " + made.pin());
        return made;
    }

    private String pin() throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        return "sha256:" + HexFormat.of().formatHex(digest);
    }

    X509Certificate[] chain() {
        return new X509Certificate[]{certificate};
    }
}
