package io.sluice.cli;

import io.sluice.capture.CaptureException;
import io.sluice.capture.CaptureReader;
import io.sluice.replay.CaptureSource;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A capture as the user named it: a file, or {@code -} for standard input. */
record CaptureArgument(String argument, InputStream stdin) implements CaptureSource {
    static CaptureSource of(String argument, Console console) {
        return new CaptureArgument(argument, console.in());
    }

    @Override
    public String name() {
        return argument.equals("-") ? "standard input" : argument;
    }

    @Override
    public CaptureReader open() throws CaptureException {
        if (argument.equals("-")) {
            return CaptureReader.open(stdin, name());
        }
        return CaptureReader.open(path());
    }

    /** A name that cannot be a file's is a file that is not there. */
    private Path path() {
        try {
            return Path.of(argument);
        } catch (InvalidPathException e) {
            return Path.of("not-a-file-name");
        }
    }
}
