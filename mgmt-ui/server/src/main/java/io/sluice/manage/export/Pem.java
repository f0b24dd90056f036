package io.sluice.manage.export;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** TLS as PEM files describe it. */
final class Pem {
    private static final char[] NO_PASSWORD = new char[0];

    private Pem() {}

    static SSLContext context(ExportSettings settings) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(settings.trust().isPresent() ? store(certificates(settings.trust().get()), null) : null);
            KeyManagerFactory keys = null;
            if (settings.certificate().isPresent()) {
                keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                Optional<Path> key = settings.key().isPresent() ? settings.key() : settings.certificate();
                keys.init(store(certificates(settings.certificate().get()), key(key.get())), NO_PASSWORD);
            }
            context.init(keys == null ? null : keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificates or the key cannot be used: " + e.getMessage(), e);
        }
    }

    private static List<Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            List<Certificate> all = new ArrayList<>(CertificateFactory.getInstance("X.509").generateCertificates(in));
            if (all.isEmpty()) {
                throw new IOException("there is no certificate in " + file);
            }
            return all;
        }
    }

    private static KeyStore store(List<Certificate> certificates, @Nullable PrivateKey key)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        if (key != null) {
            store.setKeyEntry("own", key, NO_PASSWORD, certificates.toArray(new Certificate[0]));
        } else {
            for (int i = 0; i < certificates.size(); i++) {
                store.setCertificateEntry("trusted-" + i, certificates.get(i));
            }
        }
        return store;
    }

    /** PKCS #8, unencrypted. */
    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        String text = Files.readString(file);
        int begin = text.indexOf("-----BEGIN PRIVATE KEY-----");
        int end = text.indexOf("-----END PRIVATE KEY-----");
        if (begin < 0 || end < begin) {
            throw new IOException("there is no unencrypted PKCS #8 key in " + file
                    + "; make one with `openssl pkcs8 -topk8 -nodes`");
        }
        PKCS8EncodedKeySpec bytes = new PKCS8EncodedKeySpec(
                Base64.getMimeDecoder().decode(text.substring(begin + 27, end)));
        for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(bytes);
            } catch (InvalidKeySpecException e) {
                // the next one, then
            }
        }
        throw new IOException("the key in " + file + " is neither RSA nor EC nor Ed25519");
    }
}
