package io.sluice.cli;

import io.sluice.control.v1.ApplyPolicyRequest;
import io.sluice.control.v1.ApplyPolicyResponse;
import io.sluice.control.v1.Problem;
import io.sluice.inline.settings.Amounts;
import io.sluice.rules.policy.Parsed;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice apply}: judge by this policy from now on. */
@Command(name = "apply", sortOptions = false, description = {
        "Have the running Sluice judge by this policy from now on. It is checked first, as `sluice check`",
        "does, and against the ports of the appliance; with any problem nothing changes.", "",
        "Live connections go on, except those that the policy does not allow at all. With",
        "--confirm-within the policy before comes back by itself unless `sluice confirm` follows in",
        "time: use it whenever the policy might cut you off.",
        ""}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:the policy judges now",
                "1:problems were found, or it was refused: nothing has changed", "2:wrong usage",
                "3:the file cannot be read, Sluice does not run here, or this user may not give orders"}, footerHeading = "%nExamples:%n", footer = {
                        "  sluice apply line-3.yaml --confirm-within 60s",
                        "  sluice apply line-3.yaml --who \"anna, change 4711\"",
                        "  git show HEAD:line-3.yaml | sluice apply -"})
final class ApplyCommand extends Verb {
    /** Compiling the largest policies takes seconds. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LONGEST = Duration.ofDays(1);

    @Parameters(paramLabel = "POLICY", arity = "1", description = "The policy's YAML file; - reads standard input.")
    private String policy = "";

    @Option(names = "--confirm-within", paramLabel = "TIME", description = "Go back unless confirmed within this time:"
            + " 60s, 5min, 1h.")
    private @Nullable String confirmWithin;

    @Mixin
    private WhoOption person = new WhoOption();

    @Mixin
    private SocketOptions sluice = new SocketOptions();

    ApplyCommand(Console console) {
        super(console);
    }

    @Override
    ExitCode run(Console console) throws IOException, CouldNotRun, WrongUsage {
        Optional<Duration> within = within();
        PolicyFile file = PolicyFile.read(policy, console);
        if (!CheckCommand.passes(console.out(), file)) {
            return ExitCode.NO;
        }
        ApplyPolicyRequest.Builder request = ApplyPolicyRequest.newBuilder().setYaml(file.text())
                .setFileName(file.name()).setWho(person.who());
        within.ifPresent(time -> request.setConfirmWithinSeconds((int) time.toSeconds()));
        ApplyPolicyResponse answer = sluice.call(console, PATIENCE, c -> c.applyPolicy(request.build()));
        answer.getProblemsList().forEach(problem -> console.out().println(line(problem)));
        if (answer.hasRefusal()) {
            console.err().println("sluice: " + answer.getRefusal().getSentence());
            return ExitCode.NO;
        }
        if (!answer.hasApplied()) {
            console.out().println(file.name() + ": not applied; the policy that was active stays");
            return ExitCode.NO;
        }
        say(console.out(), answer);
        return ExitCode.DONE;
    }

    private Optional<Duration> within() throws WrongUsage {
        if (confirmWithin == null) {
            return Optional.empty();
        }
        return switch (Amounts.time(confirmWithin)) {
            case Parsed.No<Duration> _ -> throw new WrongUsage("--confirm-within: `" + confirmWithin
                    + "` is not a time; write `60s`, `5min` or `1h`");
            case Parsed.Yes<Duration> time when time.value().compareTo(LONGEST) > 0 ->
                throw new WrongUsage("--confirm-within: at most one day, `24h`");
            case Parsed.Yes<Duration> time -> Optional.of(time.value());
        };
    }

    private static String line(Problem problem) {
        return problem.getFile() + ":" + problem.getLine() + ":" + problem.getColumn() + ": "
                + (problem.getSeverity() == Problem.Severity.WARNING ? "warning: " : "") + problem.getText();
    }

    private static void say(PrintStream out, ApplyPolicyResponse answer) {
        String name = answer.getApplied().getName();
        out.println("policy `" + name + "` judges now" + (answer.getFlowsEnded() == 0
                ? ""
                : "; " + Counted.of(answer.getFlowsEnded(), "connection") + " that it does not allow were ended"));
        if (answer.getApplied().hasConfirmWithinSeconds()) {
            out.println("in " + Math.round(answer.getApplied().getConfirmWithinSeconds())
                    + " s the policy before comes back by itself; if all is well, run: sluice confirm");
        }
    }
}
