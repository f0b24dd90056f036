package io.sluice.manage.identity;

import io.sluice.manage.Refused;
import io.sluice.manage.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Secrets of second factors as they lie in the database: AES-256-GCM (NIST SP 800-38D) with a key from a file of its own, so
 * that who has only the database has none of them. The account's id is authenticated with each, so that none counts for another
 * account. Written {@code 1:} and base64 of a random 96-bit nonce, the encrypted secret, and a 128-bit tag.
 */
public final class SealedSecrets {
    static final String FILE = "secrets.key";
    private static final String VERSION = "1:";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;

    private SealedSecrets(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /**
     * With the key of a folder, which is made where there is none.
     *
     * @throws IOException with a sentence: there is a key that cannot be used
     */
    public static SealedSecrets in(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            Path fresh = Files.createTempFile(folder, FILE, ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, Base64.getEncoder().encodeToString(Secrets.bytes(KEY_BYTES)) + "\n",
                    StandardOpenOption.SYNC);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        }
        try {
            byte[] key = Base64.getDecoder().decode(Files.readString(file).strip());
            if (key.length == KEY_BYTES) {
                return new SealedSecrets(key);
            }
        } catch (IllegalArgumentException e) {
            // answered below
        }
        throw new IOException("`" + file + "` is no key of this server; put back the one that was there, or remove it:"
                + " then second factors must be set anew");
    }

    String seal(String account, String secret) {
        byte[] nonce = Secrets.bytes(NONCE_BYTES);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, account, nonce)
                    .doFinal(secret.getBytes(StandardCharsets.US_ASCII));
            byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
            return VERSION + Base64.getEncoder().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java has AES-GCM", e);
        }
    }

    /** Empty where it was sealed with another key or for another account, or was changed. */
    Optional<String> open(String account, String sealed) {
        try {
            byte[] all = sealed.startsWith(VERSION)
                    ? Base64.getDecoder().decode(sealed.substring(VERSION.length()))
                    : new byte[0];
            if (all.length <= NONCE_BYTES) {
                return Optional.empty();
            }
            byte[] secret = cipher(Cipher.DECRYPT_MODE, account, Arrays.copyOf(all, NONCE_BYTES)).doFinal(all,
                    NONCE_BYTES, all.length - NONCE_BYTES);
            return Optional.of(new String(secret, StandardCharsets.US_ASCII));
        } catch (AEADBadTagException | IllegalArgumentException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java has AES-GCM", e);
        }
    }

    private Cipher cipher(int mode, String account, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(account.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    /** For somebody whose second factor cannot be read any more. */
    static Refused lost() {
        return Refused.unavailable("second-factor-unreadable",
                "the second factor of this account cannot be read, as the"
                        + " server's key for it is another; use a recovery code, or ask an administrator for a new link");
    }

    private record Row(String id, Optional<String> clear, Optional<String> sealed) {}

    /**
     * Moves what an older version has left in the clear, and looks at all that is sealed.
     *
     * @return what the operator should know; empty where all is well
     */
    public Optional<String> settle(Store store) {
        List<Row> rows = store.ask(h -> h.createQuery("select id, totp_secret, totp_sealed from account")
                .map((row, _) -> new Row(row.getString("id"), Optional.ofNullable(row.getString("totp_secret")),
                        Optional.ofNullable(row.getString("totp_sealed"))))
                .list());
        store.change(h -> {
            rows.stream().filter(r -> r.clear().isPresent())
                    .forEach(r -> h.createUpdate("update account set totp_sealed = :sealed, totp_secret = null"
                            + " where id = :id").bind("sealed", seal(r.id(), r.clear().get())).bind("id", r.id())
                            .execute());
            h.execute("update account set totp_pending = null where totp_pending is not null");
        });
        TreeSet<String> lost = new TreeSet<>(rows.stream().filter(r -> r.clear().isEmpty())
                .filter(r -> r.sealed().isPresent() && open(r.id(), r.sealed().get()).isEmpty()).map(Row::id).toList());
        return lost.isEmpty()
                ? Optional.empty()
                : Optional.of("the second factors of " + String.join(", ", lost) + " cannot be read, as `" + FILE
                        + "` below the data folder is not the key they were made with; put the old file back, or have"
                        + " them set anew: recovery codes still work, and `sluice manage --link NAME` gives a link"
                        + " without second factor");
    }
}
