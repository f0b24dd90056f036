package io.sluice.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/**
 * What all verbs share. To add one: a class {@code <Name>Command} that extends this, and a line in {@link Main#verbs}.
 * {@link #run} returns the exit code; it throws {@link CouldNotRun} or {@link WrongUsage} with a sentence for the user, and
 * lets an {@link IOException} of a file that the user named pass, which {@link Failures} puts into words.
 */
abstract class Verb implements Callable<Integer> {
    private final Console console;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    Verb(Console console) {
        this.console = console;
    }

    @Override
    public final Integer call() throws IOException, CouldNotRun, WrongUsage {
        try {
            return run(console).number();
        } finally {
            console.clearProgress();
            console.out().flush();
        }
    }

    abstract ExitCode run(Console where) throws IOException, CouldNotRun, WrongUsage;
}
