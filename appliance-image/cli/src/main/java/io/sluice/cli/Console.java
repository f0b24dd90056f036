package io.sluice.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a verb reads and writes, so that tests run it as a shell does. Text is UTF-8 whatever the locale: reports are
 * compared byte by byte.
 */
public final class Console {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final String ERASE_LINE = "\r\u001B[K";

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean outIsTerminal;
    private final boolean errIsTerminal;
    private final Optional<Path> outFile;
    private boolean progressShown;

    public Console(InputStream in, PrintStream out, PrintStream err, boolean outIsTerminal, boolean errIsTerminal) {
        this(in, out, err, outIsTerminal, errIsTerminal, Optional.empty());
    }

    Console(InputStream in, PrintStream out, PrintStream err, boolean outIsTerminal, boolean errIsTerminal,
            Optional<Path> outFile) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.outIsTerminal = outIsTerminal;
        this.errIsTerminal = errIsTerminal;
        this.outFile = outFile;
    }

    /** The process's own. The launcher tells by {@code sluice.terminal} which streams reach a person. */
    public static Console ofProcess() {
        List<String> terminals = List.of(System.getProperty("sluice.terminal", "").split(",", -1));
        PrintStream out = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES), false,
                StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        boolean terminal = terminals.contains("out");
        return new Console(System.in, out, err, terminal, terminals.contains("err"),
                terminal ? Optional.empty() : outFile());
    }

    /** The file or device into which the shell sends the answer; empty for a pipe, and where the system cannot tell. */
    private static Optional<Path> outFile() {
        try {
            Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/1"));
            return target.isAbsolute() ? Optional.of(target) : Optional.empty();
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    public InputStream in() {
        return in;
    }

    /** The answer: what a pipe or file receives. Buffered; {@link Main} flushes it when the verb returns. */
    public PrintStream out() {
        return out;
    }

    /** Messages beside the answer. */
    public PrintStream err() {
        clearProgress();
        return err;
    }

    /** Whether {@link #out} is a person's screen: colours, and widths worth caring for. */
    public boolean outIsTerminal() {
        return outIsTerminal;
    }

    /** Whether the reader of {@link #out} has gone away ({@code sluice … | head}); flushes. Long work may stop then. */
    public boolean readerGone() {
        return out.checkError();
    }

    /** The file that did not take the whole answer. A pipe whose reader has gone away is not meant: that is how pipes end. */
    Optional<Path> undelivered() {
        return out.checkError() ? outFile : Optional.empty();
    }

    /** Overwrites the one line of progress; silent unless messages reach a screen. Call it a few times a second at most. */
    public void progress(String line) {
        if (errIsTerminal) {
            err.print(ERASE_LINE + line);
            err.flush();
            progressShown = true;
        }
    }

    /** Takes the line of progress away, before something else is printed. */
    public void clearProgress() {
        if (progressShown) {
            err.print(ERASE_LINE);
            err.flush();
            progressShown = false;
        }
    }
}
