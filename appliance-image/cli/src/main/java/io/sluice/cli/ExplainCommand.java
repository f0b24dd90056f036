package io.sluice.cli;

import io.sluice.capture.CaptureException;
import io.sluice.dissect.Vocabulary.Understood;
import io.sluice.replay.CaptureSource;
import io.sluice.replay.FrameExplanation;
import io.sluice.rules.analyze.Explanation;
import io.sluice.rules.analyze.Question;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice explain}: which rule decides one request, and why. */
@Command(name = "explain", sortOptions = false, description = {
        "Say whether a policy allows one request, which rule decides, and why.", "",
        "Of a request in words (--does) windows are taken as open and rates as unused; the answer says where that matters.",
        "Of a frame of a recording (CAPTURE#FRAME) they are as they were: all that comes before it is judged first.",
        ""}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                "0:the request is allowed, or nothing in the frame is refused",
                "1:the request is refused, or something in the frame",
                "2:wrong usage, a request that cannot be understood, or a frame that is not there",
                "3:the policy or a capture cannot be used"}, footerHeading = "%nExamples:%n", footer = {
                        "  sluice explain line-3.yaml --from hmi-3 --to plc-3a \\",
                        "                 --does \"write unit 1 holding 100 = 1500\"",
                        "  sluice explain line-3.yaml --from ops --to cell-3 --does \"tcp port 443\"",
                        "  sluice explain line-3.yaml plant.pcapng#303",
                        "  sluice explain --defaults"})
final class ExplainCommand extends Verb {
    @Parameters(paramLabel = "POLICY", index = "0", arity = "0..1", description = "The policy's YAML file; - reads standard input.")
    private Optional<String> policy = Optional.empty();

    @Parameters(paramLabel = "CAPTURE#FRAME", index = "1..*", arity = "0..*", description = "Instead of a request in words: a frame of a recording, by its number in the report of"
            + " `sluice replay`. Several captures are judged as one recording, in this order; the last one bears the"
            + " number.")
    private List<String> captures = List.of();

    @Option(names = "--from", paramLabel = "PLACE", description = "Who asks: a zone or an asset of the policy.")
    private Optional<String> from = Optional.empty();

    @Option(names = "--to", paramLabel = "PLACE", description = "Who is asked: a zone or an asset of the policy.")
    private Optional<String> to = Optional.empty();

    @Option(names = "--does", paramLabel = "REQUEST", description = "One request in the protocol's words, as in the policy's own expectations.")
    private Optional<String> does = Optional.empty();

    @Option(names = "--protocol", paramLabel = "NAME", description = "In whose words the request is. Default: whichever understands it.")
    private Optional<String> protocol = Optional.empty();

    @Option(names = "--zone", paramLabel = "ZONE=NETWORK", description = "For a recording: addresses of this network lie in this zone, as for `sluice replay`.")
    private List<String> zones = List.of();

    @Option(names = "--profile", paramLabel = "PROFILE", defaultValue = "OBSERVE", description = "For a recording: observe (default) or inline, as for `sluice replay`.")
    private ReplayOptions.Profile profile = ReplayOptions.Profile.OBSERVE;

    @Option(names = "--defaults", description = "Instead, list what passes or does not beside the rules of any policy.")
    private boolean defaults;

    ExplainCommand(Console console) {
        super(console);
    }

    @Override
    ExitCode run(Console console) throws IOException, CouldNotRun, WrongUsage {
        boolean inWords = Stream.of(from, to, does, protocol).anyMatch(Optional::isPresent);
        boolean asked = inWords || policy.isPresent();
        if (defaults) {
            if (asked) {
                throw new WrongUsage("--defaults stands alone: what it lists is the same for every policy");
            }
            Explanation.defaults().forEach(console.out()::println);
            return ExitCode.DONE;
        }
        String file = required(policy, "POLICY");
        if (!captures.isEmpty()) {
            if (inWords) {
                throw new WrongUsage(
                        "a frame of a recording says itself what it does: leave out --from, --to, --does and"
                                + " --protocol, or the capture");
            }
            return frame(file, console);
        }
        if (!zones.isEmpty()) {
            throw new WrongUsage("--zone is for a recording: add CAPTURE#FRAME, as in plant.pcapng#303");
        }
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

    private ExitCode frame(String file, Console console) throws IOException, CouldNotRun, WrongUsage {
        String last = captures.getLast();
        int mark = last.lastIndexOf('#');
        long frame = mark < 1 ? 0 : frameNumber(last.substring(mark + 1));
        if (frame < 1) {
            throw new WrongUsage("`" + last + "` names no frame; write its number behind it, as in " + (mark < 1
                    ? last
                    : last.substring(0, mark)) + "#303");
        }
        List<CaptureSource> sources = new ArrayList<>();
        for (String capture : captures.subList(0, captures.size() - 1)) {
            sources.add(CaptureArgument.of(capture, console));
        }
        sources.add(CaptureArgument.of(last.substring(0, mark), console));
        LoadedPolicy.Sound policy = LoadedPolicy.require(file, console);
        ZoneOption given = new ZoneOption(ZoneOption.byName(zones));
        given.requireKnown(policy, Optional.empty());
        try {
            FrameExplanation.Answer answer = FrameExplanation.of(given.apply(policy), profile.engine(), sources, frame);
            if (!answer.found()) {
                throw new WrongUsage("there is no frame " + frame + ": the " + (sources.size() == 1
                        ? "capture has "
                        : "captures have ") + answer.frames());
            }
            answer.lines().forEach(line -> console.out().println(line));
            return answer.denied() ? ExitCode.NO : ExitCode.DONE;
        } catch (CaptureException e) {
            throw new CouldNotRun(e.getMessage());
        }
    }

    private static long frameNumber(String digits) {
        return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : 0;
    }

    private static String required(Optional<String> value, String name) throws WrongUsage {
        return value.orElseThrow(() -> new WrongUsage(
                name + " is missing: POLICY, --from, --to and --does are needed, or POLICY and CAPTURE#FRAME, or --defaults"
                        + " alone"));
    }
}
