package io.sluice.cli;

import io.sluice.dissect.Vocabulary.Understood;
import io.sluice.rules.analyze.Explanation;
import io.sluice.rules.analyze.Question;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice explain}: which rule decides one request, and why. */
@Command(name = "explain", sortOptions = false, description = {
        "Say whether a policy allows one request, which rule decides, and why.", "",
        "Windows are taken as open and rates as unused; the answer says where that matters.",
        ""}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:the request is allowed",
                "1:the request is refused",
                "2:wrong usage, or a request that cannot be understood",
                "3:the policy cannot be read or has problems"}, footerHeading = "%nExamples:%n", footer = {
                        "  sluice explain line-3.yaml --from hmi-3 --to plc-3a \\",
                        "                 --does \"write unit 1 holding 100 = 1500\"",
                        "  sluice explain line-3.yaml --from ops --to cell-3 --does \"tcp port 443\"",
                        "  sluice explain --defaults"})
final class ExplainCommand extends Verb {
    @Parameters(paramLabel = "POLICY", arity = "0..1", description = "The policy's YAML file; - reads standard input.")
    private Optional<String> policy = Optional.empty();

    @Option(names = "--from", paramLabel = "PLACE", description = "Who asks: a zone or an asset of the policy.")
    private Optional<String> from = Optional.empty();

    @Option(names = "--to", paramLabel = "PLACE", description = "Who is asked: a zone or an asset of the policy.")
    private Optional<String> to = Optional.empty();

    @Option(names = "--does", paramLabel = "REQUEST", description = "One request in the protocol's words, as in the policy's own expectations.")
    private Optional<String> does = Optional.empty();

    @Option(names = "--protocol", paramLabel = "NAME", description = "In whose words the request is. Default: whichever understands it.")
    private Optional<String> protocol = Optional.empty();

    @Option(names = "--defaults", description = "Instead, list what passes or does not beside the rules of any policy.")
    private boolean defaults;

    ExplainCommand(Console console) {
        super(console);
    }

    @Override
    ExitCode run(Console console) throws IOException, CouldNotRun, WrongUsage {
        boolean asked = Stream.of(policy, from, to, does, protocol).anyMatch(Optional::isPresent);
        if (defaults) {
            if (asked) {
                throw new WrongUsage("--defaults stands alone: what it lists is the same for every policy");
            }
            Explanation.defaults().forEach(console.out()::println);
            return ExitCode.DONE;
        }
        String file = required(policy, "POLICY");
        Question question = new Question(required(from, "--from"), required(to, "--to"), protocol,
                required(does, "--does"));
        LoadedPolicy.Sound sound = LoadedPolicy.require(file, console);
        return switch (Explanation.of(sound.compiled(), sound.policy(), question)) {
            case Understood.Yes<Explanation> yes -> {
                yes.meaning().lines().forEach(console.out()::println);
                yield yes.meaning().allowed() ? ExitCode.DONE : ExitCode.NO;
            }
            case Understood.No<Explanation> no -> throw new WrongUsage(no.sentence());
        };
    }

    private static String required(Optional<String> value, String name) throws WrongUsage {
        return value.orElseThrow(() -> new WrongUsage(
                name + " is missing: POLICY, --from, --to and --does are needed, or --defaults alone"));
    }
}
