package io.sluice.manage.http;

import io.sluice.manage.settings.ManageSettings;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * What the server shows to browsers: the plant's own certificate, or one that was made at the first start and is kept, so that
 * it can be recognised by its fingerprint.
 *
 * @param generated made by this server
 */
public record ServerCertificate(Path chain, Path key, X509Certificate certificate, boolean generated) {
    private static final Duration LIFE = Duration.ofDays(825);
    private static final Duration RENEWED_BEFORE = Duration.ofDays(30);
    private static final int SERIAL_BITS = 159;
    private static final int DNS = 2;
    private static final int ADDRESS = 7;

    /**
     * The one of the settings, else one of our own, made where there is none yet.
     *
     * @throws IOException with a sentence for the user
     */
    public static ServerCertificate of(ManageSettings settings, Instant now) throws IOException {
        if (settings.certificate().isPresent()) {
            var own = settings.certificate().get();
            if (!Files.isReadable(own.key())) {
                throw new IOException("the certificate's key cannot be read from `" + own.key() + "`");
            }
            return new ServerCertificate(own.chain(), own.key(), read(own.chain()), false);
        }
        Path folder = settings.data().resolve("tls");
        Path chain = folder.resolve("certificate.pem");
        Path key = folder.resolve("key.pem");
        if (!Files.exists(chain) || !Files.exists(key)
                || read(chain).getNotAfter().toInstant().isBefore(now.plus(RENEWED_BEFORE))) {
            make(folder, chain, key, names(settings), now);
        }
        return new ServerCertificate(chain, key, read(chain), true);
    }

    /** SHA-256, as browsers show it. */
    public String fingerprint() {
        try {
            return HexFormat.ofDelimiter(":").withUpperCase()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /** The names for which it vouches. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                alternatives.stream().filter(a -> a.get(0).equals(DNS) || a.get(0).equals(ADDRESS))
                        .forEach(a -> names.add(String.valueOf(a.get(1))));
            }
        } catch (CertificateException e) {
            // A certificate without readable names has none.
        }
        return names;
    }

    private static X509Certificate read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (CertificateException e) {
            throw new IOException("`" + file + "` is not a certificate in PEM form: " + e.getMessage(), e);
        } catch (java.nio.file.NoSuchFileException e) {
            throw new IOException("there is no certificate `" + file + "`", e);
        }
    }

    private static Set<String> names(ManageSettings settings) {
        Set<String> names = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1"));
        settings.site().ifPresent(site -> names.add(java.net.URI.create(site).getHost()));
        String address = settings.listen().address();
        if (!address.equals("0.0.0.0") && !address.equals("::")) {
            names.add(address);
        }
        try {
            names.add(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT));
        } catch (UnknownHostException e) {
            // A machine without a name is reached by its address.
        }
        return names;
    }

    private static void make(Path folder, Path chain, Path key, Set<String> names, Instant now) throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            X500Name subject = new X500Name("CN=Sluice management");
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(subject,
                    new BigInteger(SERIAL_BITS, new java.security.SecureRandom()),
                    Date.from(now.minus(Duration.ofHours(1))), Date.from(now.plus(LIFE)), subject, pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.extendedKeyUsage, false,
                    new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names.stream()
                    .map(name -> new GeneralName(isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name))
                    .toArray(GeneralName[]::new)));
            X509Certificate made = new JcaX509CertificateConverter().getCertificate(
                    builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rwx------")));
            write(key, "PRIVATE KEY", pair.getPrivate().getEncoded(), "rw-------");
            write(chain, "CERTIFICATE", made.getEncoded(), "rw-r--r--");
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("a certificate could not be made: " + e.getMessage(), e);
        }
    }

    private static boolean isAddress(String name) {
        return name.indexOf(':') >= 0 || name.matches("[0-9.]+");
    }

    private static void write(Path file, String what, byte[] bytes, String rights) throws IOException {
        String text = "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder(64, new byte[]{'\n'})
                .encodeToString(bytes) + "\n-----END " + what + "-----\n";
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights)));
        Files.writeString(file, text);
    }
}
