package io.sluice.rules.policy;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Reads a policy from YAML. Whatever the text is, the answer is a policy or a list of problems: no exception, no
 * endless reading (see {@link PolicyLimits}), and all problems at once unless the text is no YAML at all.
 */
public final class PolicyReader {
    private final Problems problems;
    private final Values values;
    private final Section section;
    private final Names names;

    private PolicyReader(Yaml.Mapping root, Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
        this.section = new Section(root, Keys.POLICY, "a policy", problems);
        this.names = new Names(section, problems);
    }

    /** What came of reading: a policy, unless there are errors; and problems, of which warnings may accompany a policy. */
    public sealed interface Result {
        /** In the order of the file. */
        List<Problem> problems();

        record Read(Policy policy, List<Problem> problems) implements Result {}

        record Refused(List<Problem> problems) implements Result {}
    }

    /**
     * Reads a policy.
     *
     * @param file the path as the user gave it, for positions
     * @param yaml the text
     */
    public static Result read(String file, String yaml) {
        return read(file, yaml, PolicyLimits.DEFAULT);
    }

    /** The same with other limits. */
    public static Result read(String file, String yaml, PolicyLimits limits) {
        Problems problems = new Problems(file, limits);
        Optional<Policy> policy = YamlReader.read(yaml, problems).flatMap(tree -> {
            if (tree instanceof Yaml.Mapping root) {
                return new PolicyReader(root, problems).policy();
            }
            problems.error(tree.position(), "a policy is a map of keys; it starts with `policy: NAME`");
            return Optional.empty();
        });
        return policy.isPresent() && !problems.hasErrors()
                ? new Result.Read(policy.get(), problems.sorted())
                : new Result.Refused(problems.sorted());
    }

    private Optional<Policy> policy() {
        Optional<String> name = section.require("policy").flatMap(v -> values.name(v, "policy"));
        Optional<Mode> mode = section.require("mode").flatMap(v -> values.word(v, "mode", Words.MODES));
        ZoneId timezone = section.find("timezone").flatMap(v -> WindowReader.timezone(v, values))
                .orElse(ZoneOffset.UTC);
        WhenUnsure whenUnsure = section.find("when_unsure").map(v -> new WhenUnsureReader(values).read(v))
                .orElse(WhenUnsure.DEFAULT);
        section.require("zones");
        Map<String, Zone> zones = entries("zones", new ZoneReader(values)::read);
        Map<String, Asset> assets = entries("assets", new AssetReader(values, names)::read);
        Map<String, Window> windows = entries("windows", new WindowReader(values, timezone)::read);
        Map<String, Conduit> conduits = entries("conduits",
                new ConduitReader(values, names, mode)::read);
        Map<String, SessionRule> sessions = entries("sessions", new SessionReader(values, names)::read);
        List<Expectation> expectations = expectations();
        PlaceCheck places = new PlaceCheck(problems, zones, assets);
        places.check();
        ConduitCheck conduitCheck = new ConduitCheck(problems, zones, names);
        ChannelCheck channelCheck = new ChannelCheck(problems, assets);
        conduits.values().forEach(conduit -> {
            conduitCheck.check(conduit);
            channelCheck.check(conduit);
        });
        sessions.values().forEach(new SessionCheck(problems, zones, conduits)::check);
        if (!problems.hasErrors()) {
            warn(mode, places);
        }
        if (name.isEmpty() || mode.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Policy(name.get(), mode.get(), whenUnsure, timezone, zones, assets, windows, conduits,
                sessions, expectations));
    }

    /** What is missing is only worth saying where nothing was lost to an error. */
    private void warn(Optional<Mode> mode, PlaceCheck places) {
        places.warnOfEmptyZones();
        names.warnOfUnusedWindows();
        if (section.find("conduits").isEmpty() && mode.filter(m -> m != Mode.LEARN).isPresent()) {
            problems.warning(section.position(), "the policy has no `conduits`, so nothing may pass");
        }
    }

    private <T> Map<String, T> entries(String key, BiFunction<Yaml.Text, Yaml, Optional<T>> reader) {
        Map<String, T> entries = new LinkedHashMap<>();
        section.find(key).flatMap(v -> values.map(v, key)).ifPresent(map -> map.entries().forEach(entry -> reader
                .apply(entry.key(), entry.value()).ifPresent(value -> entries.put(entry.key().value(), value))));
        return Collections.unmodifiableMap(entries);
    }

    private List<Expectation> expectations() {
        ExpectationReader reader = new ExpectationReader(values, names);
        List<Expectation> expectations = new ArrayList<>();
        section.find("expect").map(v -> values.list(v, "expect")).orElse(List.of())
                .forEach(entry -> reader.read(entry).ifPresent(expectations::add));
        return expectations;
    }
}
