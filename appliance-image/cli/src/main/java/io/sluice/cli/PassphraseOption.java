package io.sluice.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The passphrase of a backup: from a file, from the environment, or typed. Never an argument, which everybody on the machine can see. */
final class PassphraseOption {
    private static final String VARIABLE = "SLUICE_BACKUP_PASSPHRASE";
    private static final int SHORTEST = 12;
    private static final int LONGEST_FILE = 4096;

    @Option(names = "--passphrase-file", paramLabel = "FILE", description = "A file whose first line is the passphrase."
            + " Default: the variable " + VARIABLE + ", else it is asked for.")
    private @Nullable String file;

    /** One that is long enough, and typed twice where it is typed. */
    char[] forMaking(Console console) throws IOException, CouldNotRun {
        char[] passphrase = passphrase(console, true);
        if (passphrase.length < SHORTEST) {
            throw new CouldNotRun("the passphrase is shorter than " + SHORTEST
                    + " characters; all secrets of the firewall are behind it");
        }
        return passphrase;
    }

    char[] forReading(Console console) throws IOException, CouldNotRun {
        return passphrase(console, false);
    }

    private char[] passphrase(Console console, boolean twice) throws IOException, CouldNotRun {
        if (file != null) {
            return inFile(FileName.of(file), console);
        }
        String variable = System.getenv(VARIABLE);
        return variable != null && !variable.isEmpty() ? variable.toCharArray() : typed(twice);
    }

    private static char[] inFile(Path path, Console console) throws IOException, CouldNotRun {
        if (Files.isRegularFile(path)) {
            Set<PosixFilePermission> may = Files.getPosixFilePermissions(path);
            if (may.contains(PosixFilePermission.OTHERS_READ) || may.contains(PosixFilePermission.GROUP_READ)) {
                console.err().println("note: `" + path + "` can be read by others than its owner");
            }
        }
        byte[] bytes;
        try (var in = Files.newInputStream(path)) {
            bytes = in.readNBytes(LONGEST_FILE + 1);
        }
        int end = 0;
        while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
            end++;
        }
        if (end == 0 || end > LONGEST_FILE) {
            throw new CouldNotRun("the first line of `" + path + "` is no passphrase: it is "
                    + (end == 0 ? "empty" : "too long"));
        }
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, end));
            return Arrays.copyOf(text.array(), text.limit());
        } catch (CharacterCodingException e) {
            throw new CouldNotRun("`" + path + "` is no text in UTF-8");
        }
    }

    private static char[] typed(boolean twice) throws CouldNotRun {
        java.io.Console terminal = Optional.ofNullable(System.console()).filter(java.io.Console::isTerminal)
                .orElseThrow(() -> new CouldNotRun("there is nobody to ask for the passphrase; give --passphrase-file,"
                        + " or set " + VARIABLE));
        char[] first = terminal.readPassword("Passphrase of the backup: ");
        if (first == null || first.length == 0) {
            throw new CouldNotRun("no passphrase was given");
        }
        if (twice) {
            char[] second = terminal.readPassword("The same again: ");
            if (second == null || !Arrays.equals(first, second)) {
                throw new CouldNotRun("the two passphrases differ; nothing was written");
            }
        }
        return first;
    }
}
