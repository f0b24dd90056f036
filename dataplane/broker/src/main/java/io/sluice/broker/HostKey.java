package io.sluice.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Iterator;
import java.util.Set;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.util.security.SecurityUtils;

/** The gateway's own key, Ed25519 (RFC 8709), in OpenSSH's file format: made once, and kept for the gateway's life. */
record HostKey(KeyPair pair) {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    /** Reads the key from a file, which is made where there is none. */
    static HostKey of(Path file) throws IOException {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            return read(file);
        } catch (GeneralSecurityException e) {
            throw new IOException("the host key in `" + file + "` cannot be used: " + e.getMessage()
                    + "; remove the file to have another one made, of which clients will be warned", e);
        }
    }

    private static HostKey read(Path file) throws IOException, GeneralSecurityException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (!OWNER_ONLY.containsAll(permissions)) {
            throw new IOException("the host key in `" + file + "` can be read by others than its owner: chmod 600 it,"
                    + " or remove it if somebody may have done so");
        }
        try (InputStream in = Files.newInputStream(file)) {
            Iterable<KeyPair> found = SecurityUtils.loadKeyPairIdentities(null, NamedResource.ofName(file.toString()),
                    in, null);
            Iterator<KeyPair> keys = found == null ? Set.<KeyPair>of().iterator() : found.iterator();
            if (!keys.hasNext()) {
                throw new GeneralSecurityException("it holds no private key");
            }
            KeyPair pair = keys.next();
            if (!SecurityUtils.EDDSA.equals(pair.getPublic().getAlgorithm())
                    && !KeyUtils.getKeyType(pair).equals("ssh-ed25519")) {
                throw new GeneralSecurityException("it is no Ed25519 key");
            }
            return new HostKey(pair);
        }
    }

    private static void make(Path file) throws IOException, GeneralSecurityException {
        KeyPair pair = SecurityUtils.getKeyPairGenerator(SecurityUtils.ED25519).generateKeyPair();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "sluice-broker", null, text);
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (FileAlreadyExistsException e) {
            return; // another start was quicker
        }
        Files.write(file, text.toByteArray(), StandardOpenOption.WRITE);
    }

    /** As OpenSSH shows it: {@code SHA256:…}. */
    String fingerprint() {
        return KeyUtils.getFingerPrint(BuiltinDigests.sha256, pair.getPublic());
    }

    /** As a line of {@code known_hosts} has it, without the host. */
    String line() {
        return PublicKeyEntry.toString(pair.getPublic());
    }
}
