package io.sluice.rules.policy;

import io.sluice.dissect.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one entry of {@code conduits}. */
final class ConduitReader {
    private final Values values;
    private final Problems problems;
    private final Names names;
    private final ServiceReader serviceReader;
    private final ModeReader modeReader;
    private final ChannelReader channelReader;
    private final RuleReader ruleReader;

    ConduitReader(Values values, Names names, Optional<Mode> policyMode) {
        this.values = values;
        this.problems = values.problems();
        this.names = names;
        this.serviceReader = new ServiceReader(values);
        this.modeReader = new ModeReader(values, policyMode);
        this.channelReader = new ChannelReader(values);
        this.ruleReader = new RuleReader(values, names);
    }

    Optional<Conduit> read(Yaml.Text key, Yaml value) {
        Optional<String> name = values.name(key, "conduit");
        Optional<Yaml.Mapping> map = values.map(value, key.value());
        if (name.isEmpty() || map.isEmpty()) {
            return Optional.empty();
        }
        Section section = new Section(map.get(), Keys.CONDUIT, "conduit `" + name.get() + "`", problems);
        Optional<String> from = section.require("from").flatMap(v -> place(v, "from"));
        Optional<String> to = section.require("to").flatMap(v -> place(v, "to"));
        if (from.isPresent() && from.equals(to)) {
            problems.error(key.position(), "conduit `" + name.get() + "` leads from `" + from.get()
                    + "` to itself; a conduit joins two places");
        }
        Optional<Conduit.Service> service = section.find("protocol").flatMap(serviceReader::read);
        Optional<OnDeny> onDeny = section.find("on_deny").flatMap(v -> values.word(v, "on_deny", Words.ON_DENY));
        Optional<Conduit.ModeChange> mode = section.find("mode").flatMap(modeReader::read);
        Optional<Vocabulary> vocabulary = vocabulary(section, service);
        List<Requirement> channel = section.find("channel")
                .flatMap(v -> vocabulary.map(words -> channelReader.read(v, words))).orElse(List.of());
        List<Rule> rules = rules(section, key, vocabulary);
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Conduit(name.get(), from.get(), to.get(), service, onDeny, mode, channel, rules,
                key.position()));
    }

    private Optional<String> place(Yaml value, String key) {
        return values.text(value, key).filter(t -> names.isPlace(t.value(), t.position())).map(Yaml.Text::value);
    }

    private static Optional<Vocabulary> vocabulary(Section section, Optional<Conduit.Service> service) {
        return section.find("protocol").isEmpty()
                ? Optional.of(PlainVocabulary.INSTANCE)
                : service.map(s -> s.protocol().vocabulary());
    }

    private List<Rule> rules(Section section, Yaml.Text conduit, Optional<Vocabulary> vocabulary) {
        List<Rule> rules = new ArrayList<>();
        List<Yaml> allows = section.find("allow").map(v -> values.list(v, "allow")).orElse(List.of());
        List<Yaml> denies = section.find("deny").map(v -> values.list(v, "deny")).orElse(List.of());
        allows.forEach(entry -> ruleReader.read(entry, false, vocabulary).ifPresent(rules::add));
        denies.forEach(entry -> ruleReader.read(entry, true, vocabulary).ifPresent(rules::add));
        if (allows.isEmpty() && denies.isEmpty()) {
            problems.warning(conduit.position(), "conduit " + Problems.quote(conduit.value())
                    + " has no rules, so nothing passes by it");
        }
        return rules;
    }
}
