package io.sluice.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A file's name as the user gave it. */
final class FileName {
    private FileName() {}

    static Path of(String argument) throws CouldNotRun {
        if (argument.isEmpty()) {
            throw new CouldNotRun("a file's name is empty; give a name, or - for standard input");
        }
        try {
            return Path.of(argument);
        } catch (InvalidPathException e) {
            throw new CouldNotRun("`" + argument + "` cannot be a file's name here; if it has letters beyond ASCII,"
                    + " set LC_ALL=C.UTF-8 and try again");
        }
    }
}
