package io.sluice.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A policy's text.
 *
 * @param name the file as the user gave it; {@code stdin} for {@code -}
 * @param hash SHA-256 of the bytes, in hexadecimal
 */
record PolicyFile(String name, String text, String hash) {
    /** Far above any real policy; keeps a wrong file, such as a capture, from filling the memory. */
    private static final int MAX_BYTES = 16 << 20;

    /** Reads a file, or standard input where {@code -} is given. */
    static PolicyFile read(String argument, Console console) throws IOException, CouldNotRun {
        if (argument.equals("-")) {
            return of("stdin", console.in());
        }
        Path path = FileName.of(argument);
        if (Files.isDirectory(path)) {
            throw new CouldNotRun("`" + argument + "` is a folder; give the policy's file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            return of(argument, in);
        }
    }

    /** A policy's text that is not in a file. */
    static PolicyFile of(String name, String text) {
        return new PolicyFile(name, text, sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static PolicyFile of(String name, InputStream in) throws IOException, CouldNotRun {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new CouldNotRun("`" + name + "` is larger than 16 MiB: that is not a policy");
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return new PolicyFile(name, text, sha256(bytes));
        } catch (CharacterCodingException e) {
            throw new CouldNotRun("`" + name + "` is not UTF-8 text: a policy is a YAML file, saved as UTF-8");
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
