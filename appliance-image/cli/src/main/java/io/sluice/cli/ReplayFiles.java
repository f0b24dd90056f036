package io.sluice.cli;

import io.sluice.capture.CaptureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What can be said about the files of a replay before it starts. A wrong name among a hundred captures would otherwise
 * show after hours, and an output that is also an input would be destroyed before it is read.
 */
final class ReplayFiles {
    private ReplayFiles() {}

    static void check(ReplayOptions options, List<CaptureArgument> captures)
            throws CouldNotRun, CaptureException, IOException {
        List<Path> inputs = new ArrayList<>();
        for (CaptureArgument capture : captures) {
            capture.tryToOpen();
            inputs.add(capture.path());
        }
        inputs.add(FileName.of(options.policy()));
        if (options.baseline().isPresent()) {
            inputs.add(FileName.of(options.baseline().get()));
        }
        Map<String, Path> outputs = options.written();
        List<String> before = new ArrayList<>();
        for (Map.Entry<String, Path> output : outputs.entrySet()) {
            checkOutput(output.getKey(), output.getValue(), inputs);
            for (String other : before) {
                if (isSame(output.getValue(), Objects.requireNonNull(outputs.get(other)))) {
                    throw new CouldNotRun(other + " and " + output.getKey() + " name the same file, `"
                            + outputs.get(other) + "`; give two");
                }
            }
            before.add(output.getKey());
        }
    }

    private static void checkOutput(String option, Path output, List<Path> inputs) throws CouldNotRun, IOException {
        if (Files.isDirectory(output)) {
            throw new CouldNotRun("`" + output + "` is a folder and cannot be written as a file; give a file's name");
        }
        Path folder = output.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new CouldNotRun("there is no folder `" + folder + "` in which to write `" + output.getFileName()
                    + "`; make it, or give another name");
        }
        for (Path input : inputs) {
            if (isSame(output, input)) {
                throw new CouldNotRun("`" + output + "` is to be read and written at once, which would destroy it;"
                        + " give " + option + " the name of another file");
            }
        }
    }

    /** Devices such as /dev/null may serve several times. */
    static boolean isSame(Path one, Path other) throws IOException {
        if (Files.exists(one) && Files.exists(other)) {
            return Files.isRegularFile(one) && Files.isSameFile(one, other);
        }
        return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }
}
