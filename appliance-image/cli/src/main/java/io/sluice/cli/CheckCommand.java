package io.sluice.cli;

import io.sluice.rules.analyze.Expectations;
import io.sluice.rules.analyze.Finding;
import io.sluice.rules.analyze.Findings;
import io.sluice.rules.analyze.Version;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.Position;
import io.sluice.rules.policy.Problem;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice check}: is this policy sound, can it be enforced, and does it do what it promises? */
@Command(name = "check", sortOptions = false, description = {
        "Read a policy, say what is wrong with it, and try what it expects of itself.", "",
        "Each problem is one line: file:line:column, what is wrong, what to do. Nothing is activated.",
        ""}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                "0:the policy is sound and its expectations hold (warnings may be printed)",
                "1:problems were found", "2:wrong usage",
                "3:the file cannot be read"}, footerHeading = "%nExamples:%n", footer = {"  sluice check line-3.yaml",
                        "  sluice check line-3.yaml --analyze",
                        "  git show HEAD:line-3.yaml | sluice check -"})
final class CheckCommand extends Verb {
    @Parameters(paramLabel = "POLICY", arity = "1", description = "The policy's YAML file; - reads standard input.")
    private String policy = "";

    @Option(names = "--analyze", description = "Also note allows that are refused in part, and those that no expectation tests. Notes are no problems.")
    private boolean analyze;

    CheckCommand(Console console) {
        super(console);
    }

    @Override
    ExitCode run(Console console) throws IOException, CouldNotRun {
        PolicyFile file = PolicyFile.read(policy, console);
        return switch (LoadedPolicy.of(file)) {
            case LoadedPolicy.Refused refused -> refuse(console.out(), file, refused.problems());
            case LoadedPolicy.Sound sound -> expect(console.out(), file, sound, analyze);
        };
    }

    /** For verbs that do something with a sound policy: whether it is one; where it is not, its problems are printed. */
    static boolean passes(PrintStream out, PolicyFile file) {
        List<Problem> problems = switch (LoadedPolicy.of(file)) {
            case LoadedPolicy.Refused refused -> refused.problems();
            case LoadedPolicy.Sound sound -> Expectations.check(sound.compiled(), sound.policy());
        };
        if (errors(problems) > 0) {
            refuse(out, file, problems);
        }
        return errors(problems) == 0;
    }

    private static ExitCode expect(PrintStream out, PolicyFile file, LoadedPolicy.Sound sound, boolean analyze) {
        List<Problem> problems = new ArrayList<>(sound.problems());
        problems.addAll(Expectations.check(sound.compiled(), sound.policy()));
        if (errors(problems) > 0) {
            return refuse(out, file, problems);
        }
        Version version = new Version(sound.policy(), sound.compiled());
        Set<Position> known = problems.stream().map(Problem::position).collect(Collectors.toSet());
        List<Finding> notes = analyze ? Findings.all(version, known) : Findings.unreachable(version, known);
        return accept(out, file, sound.policy(), problems, notes);
    }

    private static ExitCode refuse(PrintStream out, PolicyFile file, List<Problem> problems) {
        problems.forEach(out::println);
        out.println(file.name() + ": " + Counted.of(errors(problems), "problem") + warnings(problems));
        return ExitCode.NO;
    }

    private static ExitCode accept(PrintStream out, PolicyFile file, Policy policy, List<Problem> problems,
            List<Finding> notes) {
        problems.forEach(out::println);
        notes.forEach(out::println);
        int rules = policy.conduits().values().stream().mapToInt(conduit -> conduit.rules().size()).sum();
        out.println(file.name() + ": no problems" + warnings(problems) + "; policy `" + policy.name() + "` has "
                + Counted.of(policy.conduits().size(), "conduit") + " with " + Counted.of(rules, "rule")
                + held(policy));
        return ExitCode.DONE;
    }

    private static String held(Policy policy) {
        int count = policy.expectations().size();
        return count == 0
                ? "; it expects nothing of itself"
                : "; " + Counted.of(count, "expectation") + " hold" + (count == 1 ? "s" : "");
    }

    private static long errors(List<Problem> problems) {
        return problems.stream().filter(p -> p.severity() == Problem.Severity.ERROR).count();
    }

    private static String warnings(List<Problem> problems) {
        long warnings = problems.size() - errors(problems);
        return warnings == 0 ? "" : ", " + Counted.of(warnings, "warning");
    }
}
