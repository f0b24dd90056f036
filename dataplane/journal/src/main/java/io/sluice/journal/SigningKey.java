package io.sluice.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key that signs checkpoints: made when the journal is first opened, readable by its owner only. Its public half lies
 * beside it for whoever verifies; who wants to notice that both were exchanged keeps a copy of it elsewhere.
 */
final class SigningKey {
    static final String FILE = "journal.key";
    static final String PUBLIC_FILE = "journal.pub";
    private static final Pattern BLOCK = Pattern
            .compile("-----BEGIN (PRIVATE|PUBLIC) KEY-----([A-Za-z0-9+/=\\s]+)-----END \\1 KEY-----");

    private final PrivateKey key;
    private final VerifierKey verifier;

    private SigningKey(PrivateKey key, VerifierKey verifier) {
        this.key = key;
        this.verifier = verifier;
    }

    /** The folder's key, made if there is none. */
    static SigningKey in(Path folder, String name) throws IOException {
        Path file = folder.resolve(FILE);
        try {
            SigningKey key = Files.exists(file) ? read(file, name) : make(file, name);
            Path published = folder.resolve(PUBLIC_FILE);
            String text = key.verifier + "\n";
            if (!Files.exists(published) || !Files.readString(published).equals(text)) {
                Files.writeString(published, text);
            }
            return key;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("`" + file + "` is no Ed25519 key: " + e.getMessage(), e);
        }
    }

    private static SigningKey make(Path file, String name) throws IOException, GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String text = block("PRIVATE", pair.getPrivate().getEncoded())
                + block("PUBLIC", pair.getPublic().getEncoded());
        FileAttribute<?> owner = PosixFilePermissions
                .asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Path fresh = file.resolveSibling(FILE + ".new");
        Files.deleteIfExists(fresh);
        try (SeekableByteChannel out = Files.newByteChannel(fresh,
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, StandardOpenOption.SYNC), owner)) {
            out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        return new SigningKey(pair.getPrivate(), VerifierKey.of(name, pair.getPublic()));
    }

    private static String block(String kind, byte[] encoded) {
        return "-----BEGIN " + kind + " KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(encoded)
                + "\n-----END " + kind + " KEY-----\n";
    }

    private static SigningKey read(Path file, String name) throws IOException, GeneralSecurityException {
        Matcher block = BLOCK.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        KeyFactory factory = KeyFactory.getInstance("Ed25519");
        PrivateKey signs = null;
        PublicKey verifies = null;
        while (block.find()) {
            byte[] encoded = Base64.getMimeDecoder().decode(block.group(2));
            if (block.group(1).equals("PRIVATE")) {
                signs = factory.generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } else {
                verifies = factory.generatePublic(new X509EncodedKeySpec(encoded));
            }
        }
        if (signs == null || verifies == null) {
            throw new GeneralSecurityException("it lacks a private or a public key");
        }
        return new SigningKey(signs, VerifierKey.of(name, verifies));
    }

    VerifierKey verifier() {
        return verifier;
    }

    /** A checkpoint's text, an empty line, and its signature. */
    String note(Checkpoint checkpoint) {
        String text = checkpoint.text();
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(key);
            ed25519.update(text.getBytes(StandardCharsets.UTF_8));
            return text + "\n" + verifier.signatureLine(ed25519.sign()) + "\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that was read does not sign", e);
        }
    }
}
