package io.sluice.archive;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Some captures of a sensor that follow one another, whose rows are one file of the results: what a run finishes at a
 * time.
 *
 * @param number from 1
 * @param last whether the sensor's recording ends with it, and with it what still waits for bytes
 * @param key stands for all that its rows depend on: policy, options, and identity of its captures and of all before
 *     them, since connections run on
 */
record Stretch(int number, List<ArchiveFile> files, boolean last, String key) {
    Stretch {
        files = List.copyOf(files);
    }

    long bytes() {
        return files.stream().mapToLong(ArchiveFile::bytes).sum();
    }

    /**
     * Cuts a sensor's captures into stretches, each of as many as it takes to reach a size.
     *
     * @param base what the rows of all stretches depend on
     */
    static List<Stretch> of(String base, List<ArchiveFile> ordered, long size) {
        List<Stretch> stretches = new ArrayList<>();
        List<ArchiveFile> files = new ArrayList<>();
        String key = base;
        long bytes = 0;
        for (int i = 0; i < ordered.size(); i++) {
            ArchiveFile file = ordered.get(i);
            boolean last = i == ordered.size() - 1;
            files.add(file);
            bytes += file.bytes();
            if (last || bytes >= size) {
                key = hash(key, files, last);
                stretches.add(new Stretch(stretches.size() + 1, files, last, key));
                files = new ArrayList<>();
                bytes = 0;
            }
        }
        return stretches;
    }

    private static String hash(String before, List<ArchiveFile> files, boolean last) {
        StringBuilder text = new StringBuilder(before).append('\n').append(last);
        for (ArchiveFile file : files) {
            text.append('\n').append(file.bytes()).append(' ').append(file.modifiedMillis()).append(' ')
                    .append(file.name());
        }
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
