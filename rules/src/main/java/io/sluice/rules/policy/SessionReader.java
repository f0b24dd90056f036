package io.sluice.rules.policy;

import io.sluice.rules.policy.SessionRule.Approve;
import io.sluice.rules.policy.SessionRule.Limit;
import io.sluice.rules.policy.SessionRule.Recorded;
import io.sluice.rules.policy.SessionRule.Who;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one entry of {@code sessions}. */
final class SessionReader {
    /** As long as the firewall keeps a grant open. */
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST_WAIT = Duration.ofDays(7);
    private static final Duration USUAL_WAIT = Duration.ofHours(1);
    private static final int MOST_APPROVERS = 9;

    private final Values values;
    private final Problems problems;
    private final Names names;

    SessionReader(Values values, Names names) {
        this.values = values;
        this.problems = values.problems();
        this.names = names;
    }

    Optional<SessionRule> read(Yaml.Text key, Yaml value) {
        Optional<String> name = values.name(key, "session");
        Optional<Yaml.Mapping> map = values.map(value, key.value());
        if (name.isEmpty() || map.isEmpty()) {
            return Optional.empty();
        }
        String what = "session `" + name.get() + "`";
        Section section = new Section(map.get(), Keys.SESSION, what, problems);
        Optional<Who> who = open(section, "who", Keys.WHO, what).flatMap(this::who);
        List<String> use = section.require("use").map(this::use).orElse(List.of());
        Optional<Approve> approve = open(section, "approve", Keys.APPROVE, what).flatMap(this::approve);
        Optional<Limit> limit = open(section, "limit", Keys.LIMIT, what).flatMap(this::limit);
        Recorded record = section.find("record").flatMap(v -> values.word(v, "record", Words.RECORDED))
                .orElse(Recorded.OPERATIONS);
        if (who.isEmpty() || use.isEmpty() || approve.isEmpty() || limit.isEmpty()) {
            return Optional.empty();
        }
        if (who.get().group().equals(approve.get().by())) {
            problems.warning(key.position(), what + " is approved by the group that asks for it, `"
                    + who.get().group() + "`; nobody approves an own request, but they may approve one another's");
        }
        return Optional.of(new SessionRule(name.get(), who.get(), use, approve.get(), limit.get(), record,
                key.position()));
    }

    private Optional<Section> open(Section section, String key, Keys keys, String what) {
        return section.require(key).flatMap(v -> values.map(v, key))
                .map(map -> new Section(map, keys, "`" + key + "` of " + what, problems));
    }

    private Optional<Who> who(Section s) {
        Optional<String> group = s.require("group").flatMap(v -> values.group(v, "group"));
        boolean secondFactor = s.find("mfa").flatMap(v -> values.word(v, "mfa", Words.SECOND_FACTOR)).orElse(false);
        List<Network> networks = new ArrayList<>();
        List<Yaml.Text> texts = s.find("networks").map(v -> values.oneOrMore(v, "networks")).orElse(List.of());
        texts.forEach(text -> values.parsed(text, "networks", Addresses::network).ifPresent(networks::add));
        return group.map(g -> new Who(g, secondFactor, networks));
    }

    private List<String> use(Yaml value) {
        List<String> conduits = new ArrayList<>();
        for (Yaml.Text text : values.oneOrMore(value, "use")) {
            if (conduits.contains(text.value())) {
                problems.warning(text.position(), Problems.quote(text.value()) + " is listed twice");
            } else if (names.isConduit(text.value(), text.position())) {
                conduits.add(text.value());
            }
        }
        return conduits;
    }

    private Optional<Approve> approve(Section s) {
        Optional<String> by = s.require("by").flatMap(v -> values.group(v, "by"));
        int count = s.find("count").flatMap(v -> values.number(v, "count", 1, MOST_APPROVERS)).orElse(1);
        Duration within = s.find("within").flatMap(v -> span(v, "within", LONGEST_WAIT)).orElse(USUAL_WAIT);
        Optional<String> window = s.find("window").flatMap(this::window);
        return by.map(group -> new Approve(group, count, within, window));
    }

    private Optional<Limit> limit(Section s) {
        Optional<String> window = s.find("window").flatMap(this::window);
        Optional<Duration> duration = s.require("duration").flatMap(v -> span(v, "duration", LONGEST));
        Optional<Duration> idle = s.find("idle").flatMap(v -> span(v, "idle", LONGEST));
        if (duration.isPresent() && idle.filter(i -> i.compareTo(duration.get()) > 0).isPresent()) {
            problems.error(s.position(), "`idle` is longer than `duration`; a session cannot be idle for longer than it"
                    + " lasts");
        }
        return duration.map(d -> new Limit(window, d, idle));
    }

    private Optional<String> window(Yaml value) {
        return values.text(value, "window").filter(t -> names.isWindow(t.value(), t.position())).map(Yaml.Text::value);
    }

    private Optional<Duration> span(Yaml value, String key, Duration most) {
        return values.parsed(value, key, text -> Spans.parse(text, SHORTEST, most));
    }
}
