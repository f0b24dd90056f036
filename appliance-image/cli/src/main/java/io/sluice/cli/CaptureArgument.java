package io.sluice.cli;

import io.sluice.capture.CaptureException;
import io.sluice.capture.CaptureReader;
import io.sluice.replay.CaptureSource;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A capture as the user named it: a file, or {@code -} for standard input. */
record CaptureArgument(String argument, Path path, InputStream stdin) implements CaptureSource {
    static final String STANDARD_INPUT = "-";

    static CaptureArgument of(String argument, Console console) throws CouldNotRun {
        return new CaptureArgument(argument, FileName.of(argument), console.in());
    }

    boolean isStandardInput() {
        return argument.equals(STANDARD_INPUT);
    }

    @Override
    public String name() {
        return isStandardInput() ? "standard input" : argument;
    }

    @Override
    public CaptureReader open() throws CaptureException {
        return isStandardInput() ? CaptureReader.open(stdin, name()) : CaptureReader.open(path);
    }

    /** Finds out whether it can be read at all, before hours are spent on those before it. A pipe is left alone. */
    void tryToOpen() throws CaptureException {
        if (!isStandardInput() && (!Files.exists(path) || Files.isRegularFile(path) || Files.isDirectory(path))) {
            open().close();
        }
    }
}
