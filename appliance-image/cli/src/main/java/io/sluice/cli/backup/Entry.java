package io.sluice.cli.backup;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A file or folder of a backup.
 *
 * @param name below the part's folder, with slashes
 * @param bytes of a file; 0 of a folder
 * @param mode the nine bits of permissions
 * @param owner user and group by name; empty where nobody knows
 * @param modified milliseconds since 1970
 */
public record Entry(Part part, String name, boolean folder, long bytes, int mode, String owner, String group,
        long modified) {
    /** The name of the part's folder itself. */
    static final String ROOT = ".";
    private static final int MOST_NAME_BYTES = 1024;
    private static final int MOST_STEP_BYTES = 255;
    private static final int MOST_DEPTH = 32;

    /** Whether a name stays below the folder that it is put into, and is one that a file system takes. */
    static boolean isSound(String name) {
        if (name.getBytes(StandardCharsets.UTF_8).length > MOST_NAME_BYTES || !name.equals(printable(name))) {
            return false;
        }
        List<String> steps = List.of(name.split("/", -1));
        return steps.size() <= MOST_DEPTH && steps.stream().allMatch(step -> !step.isEmpty() && !step.equals(".")
                && !step.equals("..") && step.getBytes(StandardCharsets.UTF_8).length <= MOST_STEP_BYTES);
    }

    /** A text from a backup as it may appear on a screen. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}|\\p{Cf}", "?");
    }

    boolean isRoot() {
        return folder && name.equals(ROOT);
    }

    /** Where it lies below a folder. */
    Path below(Path root) {
        return root.resolve(name);
    }
}
