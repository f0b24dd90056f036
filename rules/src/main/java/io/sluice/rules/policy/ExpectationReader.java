package io.sluice.rules.policy;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one entry of {@code expect}. */
final class ExpectationReader {
    private static final Pattern THEN = Pattern.compile("(allow|deny)(?: +(\\S+))?");

    private final Values values;
    private final Names names;

    ExpectationReader(Values values, Names names) {
        this.values = values;
        this.names = names;
    }

    private record Then(boolean allow, Optional<String> rule) {}

    Optional<Expectation> read(Yaml entry) {
        Optional<Yaml.Mapping> map = values.map(entry, "expect");
        if (map.isEmpty()) {
            return Optional.empty();
        }
        Section section = new Section(map.get(), Keys.EXPECT, "an expectation", values.problems());
        Optional<String> from = section.require("from").flatMap(v -> place(v, "from"));
        Optional<String> to = section.require("to").flatMap(v -> place(v, "to"));
        Optional<String> protocol = section.find("protocol").flatMap(this::protocol);
        Optional<String> does = section.require("does").flatMap(v -> values.text(v, "does")).map(Yaml.Text::value);
        Optional<Then> then = section.require("then").flatMap(this::then);
        if (from.isEmpty() || to.isEmpty() || does.isEmpty() || then.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Expectation(from.get(), to.get(), protocol, does.get(), then.get().allow(),
                then.get().rule(), section.position()));
    }

    private Optional<String> place(Yaml value, String key) {
        return values.text(value, key).filter(t -> names.isPlace(t.value(), t.position())).map(Yaml.Text::value);
    }

    private Optional<String> protocol(Yaml value) {
        return values.text(value, "protocol").flatMap(t -> ServiceReader.protocol(t, values)).map(p -> p.name());
    }

    private Optional<Then> then(Yaml value) {
        return values.text(value, "then").flatMap(text -> {
            Matcher m = THEN.matcher(text.value());
            boolean understood = m.matches();
            Optional<String> rule = understood ? Optional.ofNullable(m.group(2)) : Optional.empty();
            boolean allow = text.value().startsWith("allow");
            if (!understood || (!allow && rule.isEmpty())
                    || (allow && rule.filter(Values.DEFAULT::equals).isPresent())) {
                values.problems().error(text.position(), Problems.quote(text.value())
                        + " is not an outcome; write `allow`, `allow ID`, `deny ID` or `deny default`");
                return Optional.empty();
            }
            Optional<String> named = rule.filter(r -> !r.equals(Values.DEFAULT));
            named.ifPresent(id -> checkRule(id, !allow, text.position()));
            return Optional.of(new Then(allow, named));
        });
    }

    private void checkRule(String id, boolean deny, Position position) {
        Optional<Names.RuleId> rule = names.rule(id);
        if (rule.isEmpty()) {
            values.problems().unknown(position, "rule", id, names.rules());
        } else if (rule.get().deny() != deny) {
            values.problems().error(position, "rule " + Problems.quote(id) + " in line " + rule.get().position().line()
                    + (deny ? " is an allow and cannot deny" : " is a deny and cannot allow"));
        }
    }
}
