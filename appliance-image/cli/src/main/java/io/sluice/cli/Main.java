package io.sluice.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code sluice} command. */
@Command(name = "sluice", versionProvider = Version.class, synopsisSubcommandLabel = "COMMAND", description = {
        "A firewall for industrial networks that judges every protocol message by a policy.",
        ""}, commandListHeading = "%nCommands:%n", optionListHeading = "%nOptions:%n", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                "0:done", "1:the answer is \"no\": problems found, a request refused, verdicts changed",
                "2:wrong usage",
                "3:could not run: a file is missing or cannot be read, or Sluice has a bug"}, footerHeading = "%nExamples:%n", footer = {
                        "  sluice check line-3.yaml",
                        "  sluice explain line-3.yaml --from hmi-3 --to plc-3a --does \"read unit 1 holding 100\"",
                        "  sluice replay plant.pcapng --policy line-3.yaml",
                        "  sluice demo",
                        "  sluice COMMAND --help"})
public final class Main implements Runnable {
    private static final int HELP_WIDTH = 96;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Option(names = {"-V", "--version"}, versionHelp = true, description = "Print the version and exit.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean version;

    public static void main(String... arguments) {
        System.exit(run(Console.ofProcess(), arguments));
    }

    /** Runs one command line as a shell would, and returns its exit code. */
    public static int run(Console console, String... arguments) {
        Failures failures = Failures.of(console);
        try {
            int exitCode = commandLine(console, failures).execute(arguments);
            return console.undelivered().map(failures::undelivered).orElse(exitCode);
        } catch (Throwable e) { // errors such as a used-up memory, which picocli lets pass
            return failures.of(e, arguments.length == 0 ? "" : arguments[0]);
        } finally {
            console.clearProgress();
            console.out().flush();
        }
    }

    /** Every verb, in the order in which the help lists them. */
    private static List<Verb> verbs(Console console) {
        return List.of(
                new CheckCommand(console),
                new ExplainCommand(console),
                new DiffCommand(console),
                new DissectCommand(console),
                new ReplayCommand(console),
                new LearnCommand(console),
                new ArchiveCommand(console),
                new InlineCommand(console),
                new StatusCommand(console),
                new ApplyCommand(console),
                new ConfirmCommand(console),
                new RollbackCommand(console),
                new ManageCommand(console),
                new BenchCommand(console),
                new DemoCommand(console));
    }

    private static CommandLine commandLine(Console console, Failures failures) {
        CommandLine line = new CommandLine(new Main());
        verbs(console).forEach(line::addSubcommand);
        line.addSubcommand(new CommandLine(new AuditCommand(console)).addSubcommand(new AuditVerifyCommand(console))
                .addSubcommand(new AuditProveCommand(console)).addSubcommand(new AuditBundleCommand(console)));
        line.addSubcommand(new CommandLine(new BackupCommand(console)).addSubcommand(new BackupListCommand(console)));
        line.addSubcommand(new RestoreCommand(console));
        line.addSubcommand(new SupportCommand(console));
        SessionsCommand sessions = new SessionsCommand(console);
        line.addSubcommand(new CommandLine(sessions).addSubcommand(new SessionsListCommand(console, sessions))
                .addSubcommand(new SessionsEndCommand(console, sessions)));
        line.addSubcommand("generate-completion", new GenerateCompletion());
        line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(console.outIsTerminal() ? Ansi.ON : Ansi.OFF));
        line.setUsageHelpWidth(HELP_WIDTH);
        line.setUsageHelpLongOptionsMaxWidth(28);
        line.setAbbreviatedOptionsAllowed(false);
        Choice.register(line);
        line.setParameterExceptionHandler((e, arguments) -> failures.wrongUsage(e));
        line.setExecutionExceptionHandler((e, command, result) -> failures.of(e, verb(command)));
        return line;
    }

    /** {@code check}, {@code audit verify}. */
    private static String verb(CommandLine command) {
        String whole = command.getCommandSpec().qualifiedName();
        return whole.substring(whole.indexOf(' ') + 1);
    }

    /** {@code sluice} alone: nothing was asked. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command was given");
    }
}
