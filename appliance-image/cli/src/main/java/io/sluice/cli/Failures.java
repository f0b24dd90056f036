package io.sluice.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Turns whatever ends a run early into one sentence and an exit code. A stack trace is for developers: it goes to a file,
 * and to the screen only with {@code SLUICE_DEBUG=1}.
 */
final class Failures {
    private static final String DEBUG = "SLUICE_DEBUG";

    private final Console console;
    private final boolean debug;

    Failures(Console console, @Nullable String debugSetting) {
        this.console = console;
        this.debug = debugSetting != null && !debugSetting.isEmpty() && !debugSetting.equals("0");
    }

    static Failures of(Console console) {
        return new Failures(console, System.getenv(DEBUG));
    }

    /** The command line cannot be understood. */
    int wrongUsage(ParameterException e) {
        CommandLine command = e.getCommandLine();
        List<String> unknown = unknown(e);
        if (unknown.isEmpty()) {
            say(String.valueOf(e.getMessage()));
        } else {
            String what = unknown.getFirst().startsWith("-") ? "option" : noun(command);
            say("there is no " + what + " `" + unknown.getFirst() + "`");
            List<String> similar = new UnmatchedArgumentException(command, unknown).getSuggestions();
            if (!similar.isEmpty()) {
                console.err().println("did you mean " + similar.getFirst() + "?");
            }
        }
        console.err().println("try `" + command.getCommandSpec().qualifiedName() + " --help`");
        return ExitCode.USAGE.number();
    }

    /** What was not understood: a misspelt option is more telling than what is missing because of it. */
    private static List<String> unknown(ParameterException e) {
        List<String> unmatched = e instanceof UnmatchedArgumentException u
                ? u.getUnmatched()
                : e.getCommandLine().getUnmatchedArguments();
        return e instanceof UnmatchedArgumentException
                ? unmatched
                : unmatched.stream().filter(argument -> argument.startsWith("-") && argument.length() > 1).toList();
    }

    private static String noun(CommandLine command) {
        return command.getParent() == null ? "command" : "place for the argument";
    }

    /** A verb ended with an exception or an error. */
    int of(Throwable e, String verb) {
        console.out().flush();
        if (debug) {
            e.printStackTrace(console.err());
        }
        return switch (e) {
            case CouldNotRun why -> say(why.sentence(), ExitCode.COULD_NOT_RUN);
            case WrongUsage sentence ->
                say(sentence.sentence() + "\ntry `sluice " + verb + " --help`", ExitCode.USAGE);
            case FileSystemException file -> say(sentence(file), ExitCode.COULD_NOT_RUN);
            case IOException io -> say("reading or writing failed: " + io.getMessage(), ExitCode.COULD_NOT_RUN);
            case OutOfMemoryError memory -> say(
                    "the memory allowed is used up (" + memory.getMessage()
                            + "); allow more with SLUICE_JAVA_OPTIONS=-Xmx1g",
                    ExitCode.COULD_NOT_RUN);
            default -> say(unexpected(e, verb), ExitCode.COULD_NOT_RUN);
        };
    }

    /** The verb did its work, and the answer went nowhere. */
    int undelivered(Path file) {
        return say("the answer could not be written completely to `" + file + "`; is the disk full?",
                ExitCode.COULD_NOT_RUN);
    }

    private static String sentence(FileSystemException e) {
        String file = "`" + e.getFile() + "`";
        return switch (e) {
            case NoSuchFileException _ -> "there is no file " + file;
            case AccessDeniedException _ -> "permission is missing for " + file;
            case FileAlreadyExistsException _ -> file + " exists already";
            case NotDirectoryException _ -> file + " is not a folder";
            default -> file + ": " + (e.getReason() == null ? "cannot be read or written" : e.getReason());
        };
    }

    private String unexpected(Throwable e, String verb) {
        String what = "this is a bug in Sluice: " + e.getClass().getSimpleName()
                + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")");
        if (debug) {
            return what;
        }
        StringWriter details = new StringWriter();
        PrintWriter text = new PrintWriter(details);
        List.of(new Version().getVersion()).forEach(text::println);
        text.println("command: " + verb);
        e.printStackTrace(text);
        try {
            Path file = Files.createTempFile("sluice-error-", ".txt");
            Files.writeString(file, details.toString(), StandardCharsets.UTF_8);
            return what + "; please report it with the details in " + file;
        } catch (IOException | RuntimeException noFile) {
            return what + "; run again with " + DEBUG + "=1 to see the details, and please report them";
        }
    }

    private int say(String sentence, ExitCode code) {
        say(sentence);
        return code.number();
    }

    private void say(String sentence) {
        console.err().println("sluice: " + sentence);
    }
}
