package io.sluice.cli;

import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.PolicyReader;
import io.sluice.rules.policy.Problem;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sluice check}: is this policy sound, can it be enforced, and does it do what it promises? */
@Command(name = "check", sortOptions = false, description = {
        "Read a policy, say what is wrong with it, and try what it expects of itself.", "",
        "Each problem is one line: file:line:column, what is wrong, what to do. Nothing is activated.",
        ""}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                "0:the policy is sound and its expectations hold (warnings may be printed)",
                "1:problems were found", "2:wrong usage",
                "3:the file cannot be read"}, footerHeading = "%nExamples:%n", footer = {"  sluice check line-3.yaml",
                        "  git show HEAD:line-3.yaml | sluice check -"})
final class CheckCommand extends Verb {
    @Parameters(paramLabel = "POLICY", arity = "1", description = "The policy's YAML file; - reads standard input.")
    private String policy = "";

    CheckCommand(Console console) {
        super(console);
    }

    @Override
    ExitCode run(Console console) throws IOException, CouldNotRun {
        PolicyFile file = PolicyFile.read(policy, console);
        return switch (PolicyReader.read(file.name(), file.text())) {
            case PolicyReader.Result.Refused refused -> refuse(console.out(), file, refused.problems());
            case PolicyReader.Result.Read read -> compile(console.out(), file, read.policy(), read.problems());
        };
    }

    private static ExitCode compile(PrintStream out, PolicyFile file, Policy policy, List<Problem> found) {
        List<Problem> problems = new ArrayList<>(found);
        return switch (PolicyCompiler.compile(policy, file.hash())) {
            case PolicyCompiler.Result.Refused refused -> {
                problems.addAll(refused.problems());
                yield refuse(out, file, problems);
            }
            case PolicyCompiler.Result.Compiled compiled -> {
                problems.addAll(compiled.warnings());
                yield accept(out, file, policy, problems);
            }
        };
    }

    private static ExitCode refuse(PrintStream out, PolicyFile file, List<Problem> problems) {
        problems.forEach(out::println);
        out.println(file.name() + ": " + Counted.of(errors(problems), "problem") + warnings(problems));
        return ExitCode.NO;
    }

    private static ExitCode accept(PrintStream out, PolicyFile file, Policy policy, List<Problem> problems) {
        problems.forEach(out::println);
        int rules = policy.conduits().values().stream().mapToInt(conduit -> conduit.rules().size()).sum();
        out.println(file.name() + ": no problems" + warnings(problems) + "; policy `" + policy.name() + "` has "
                + Counted.of(policy.conduits().size(), "conduit") + " with " + Counted.of(rules, "rule"));
        return ExitCode.DONE;
    }

    private static long errors(List<Problem> problems) {
        return problems.stream().filter(p -> p.severity() == Problem.Severity.ERROR).count();
    }

    private static String warnings(List<Problem> problems) {
        long warnings = problems.size() - errors(problems);
        return warnings == 0 ? "" : ", " + Counted.of(warnings, "warning");
    }
}
