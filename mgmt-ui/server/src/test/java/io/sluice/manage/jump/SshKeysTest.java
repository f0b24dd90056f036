package io.sluice.manage.jump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.manage.Refused;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that OpenSSH made, read as it wrote them, and as a client offers them. */
class SshKeysTest {
    @TempDir
    private Path folder;

    @Test
    void fingerprintsAreThoseThatOpenSshPrints() throws Exception {
        for (List<String> kind : List.of(List.of("ed25519", "256"), List.of("ecdsa", "256"), List.of("ecdsa", "521"),
                List.of("rsa", "2048"))) {
            Path file = folder.resolve(String.join("-", kind));
            run("ssh-keygen", "-q", "-t", kind.get(0), "-b", kind.get(1), "-N", "", "-C", "anna@laptop", "-f",
                    file.toString());
            String printed = run("ssh-keygen", "-lf", file + ".pub").split(" ", -1)[1];
            SshKeys.Line line = SshKeys.read(Files.readString(Path.of(file + ".pub")));
            assertEquals(printed, line.fingerprint());
            assertEquals("anna@laptop", line.comment());
            String pem = run("ssh-keygen", "-e", "-m", "PKCS8", "-f", file + ".pub");
            if (pem.contains("BEGIN")) {
                assertEquals(printed, SshKeys.fingerprint(offered(kind.get(0), pem)).orElseThrow());
            }
        }
    }

    // RFC 8032 §7.1, test 1: what a client offers is the same key as in the file.
    @Test
    void anEdwardsKeyIsTheSameInBothForms() throws Exception {
        byte[] raw = new BigInteger("00d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", 16)
                .toByteArray();
        byte[] key = java.util.Arrays.copyOfRange(raw, raw.length - 32, raw.length);
        byte[] head = java.util.HexFormat.of().parseHex("302a300506032b6570032100");
        byte[] encoded = java.util.Arrays.copyOf(head, 44);
        System.arraycopy(key, 0, encoded, 12, 32);
        PublicKey offered = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        byte[] blob = java.nio.ByteBuffer.allocate(51).putInt(11).put("ssh-ed25519".getBytes(StandardCharsets.US_ASCII))
                .putInt(32).put(key).array();
        SshKeys.Line line = SshKeys.read("ssh-ed25519 " + Base64.getEncoder().encodeToString(blob));
        assertEquals(line.fingerprint(), SshKeys.fingerprint(offered).orElseThrow());
    }

    @Test
    void whatIsNoPublicKeyIsRefusedWithAReason() {
        for (String text : List.of("", "ssh-ed25519", "ssh-ed25519 !!!", "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIA==",
                "ssh-dss AAAAB3NzaC1kc3M=", "-----BEGIN OPENSSH PRIVATE KEY----- x",
                "ssh-ed25519 AAAA\nssh-rsa AAAA")) {
            Refused refused = assertThrows(Refused.class, () -> SshKeys.read(text), text);
            assertEquals("wrong-key", refused.code());
            assertTrue(refused.sentence().contains(":"), refused.sentence());
        }
    }

    private static PublicKey offered(String kind, String pem) throws Exception {
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        return KeyFactory.getInstance(kind.equals("rsa") ? "RSA" : kind.equals("ecdsa") ? "EC" : "Ed25519")
                .generatePublic(new X509EncodedKeySpec(der));
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.strip();
    }
}
