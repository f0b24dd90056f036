package io.sluice.rules.learn;

import io.sluice.dissect.Protocols;
import io.sluice.dissect.Vocabulary.Request;
import io.sluice.dissect.Vocabulary.Understood;
import io.sluice.rules.learn.Proposal.Counts;
import io.sluice.rules.learn.RuleDraft.Example;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes a proposal as a policy that people read. */
final class PolicyWriter {
    private static final int LINE = 116;
    /** Lines of one sort in the list of what is left out. */
    private static final int MOST_LEFT_OUT = 20;
    private static final int LONGEST_NAME = 64;

    private record Expected(String from, String to, String protocol, String does, String rule, long count) {}

    /** Rules of one conduit: of one inspected conversation, or of all others of a pair. */
    private record ConduitDraft(String name, Conversation conversation, List<RuleDraft> rules) {}

    private final Observations seen;
    private final ProposalOptions options;
    private final Map<Conversation, List<RuleDraft>> drafts;
    private final List<LeftOut> leftOut;
    private final Zoning zoning;
    private final StringBuilder text = new StringBuilder();
    private final Map<Character, Integer> ids = new HashMap<>();
    private final List<Expected> expected = new ArrayList<>();
    private final List<Outline.Conduit> outline = new ArrayList<>();
    private int rules;
    private int decisions;

    PolicyWriter(Observations seen, ProposalOptions options, Map<Conversation, List<RuleDraft>> drafts,
            List<LeftOut> leftOut) {
        this.seen = seen;
        this.options = options;
        this.drafts = drafts;
        this.leftOut = leftOut;
        zoning = new Zoning(seen, options, drafts.keySet());
    }

    Proposal proposal(Map<Conversation, Set<Shape>> allowed) {
        List<ConduitDraft> conduits = conduits();
        head();
        zones();
        line("");
        line("conduits:");
        conduits.forEach(this::conduit);
        int held = expectations();
        leftOut();
        return new Proposal(text.toString(), leftOut, new Counts(zoning.zones().size(), zoning.assets().size(),
                conduits.size(), rules, decisions, held), allowed, outline());
    }

    private Outline outline() {
        return new Outline(seen.all().first(), seen.all().last(),
                zoning.zones().stream().map(z -> new Outline.Zone(z.name(), z.comment())).toList(),
                zoning.assets().stream().map(a -> new Outline.Asset(a.name(), a.host().text(), a.zone())).toList(),
                outline);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void head() {
        line("# Proposed by `sluice learn` from " + YamlText.comment(options.source()) + ".");
        line("# Seen from " + time(seen.all().first()) + " to " + time(seen.all().last()) + ".");
        line("# It permits what was a habit there, and says of each rule where it comes from. What was seen and is in no rule");
        line("# stands at the end. Read it all before you enforce it: docs/tuning.md says how.");
        line("# Gaps of at most " + options.gap() + " addresses are closed for reads; values are widened by "
                + options.margin() + " % of their range; fewer");
        line("# than " + options.least()
                + " times is no habit; confidence is n/(n+9) times the share of the tenths of the"
                + " recording in which it was seen.");
        seen.losses().forEach(loss -> line("# INCOMPLETE: " + loss));
        line("policy: " + options.name());
        line("mode: monitor");
    }

    private static String time(long nanos) {
        return nanos == Long.MAX_VALUE || nanos == Long.MIN_VALUE
                ? "?"
                : Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L)).truncatedTo(ChronoUnit.SECONDS)
                        .toString();
    }

    private void zones() {
        line("");
        line("zones:");
        int width = zoning.zones().stream().mapToInt(z -> z.name().length()).max().orElse(0) + 1;
        zoning.zones().forEach(zone -> {
            List<String> keys = zone.keys().entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList();
            line("  " + pad(zone.name() + ":", width) + " {" + String.join(", ", keys) + "}  # " + zone.comment());
        });
        line("assets:  # give them the names that people use; a name is written here, in conduits and in expect");
        int names = zoning.assets().stream().mapToInt(a -> a.name().length()).max().orElse(0) + 1;
        zoning.assets().forEach(asset -> line("  " + pad(asset.name() + ":", names) + " {zone: " + asset.zone()
                + ", address: " + address(asset.host()) + "}"));
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String address(Host host) {
        return host.text().contains(":") ? YamlText.quoted(host.text()) : host.text();
    }

    private List<ConduitDraft> conduits() {
        Map<String, ConduitDraft> conduits = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        drafts.forEach((c, own) -> {
            String pair = zoning.nameOf(c.client()) + "-to-" + zoning.nameOf(c.server());
            String key = c.inspected() ? c.toString() : pair;
            ConduitDraft known = conduits.get(key);
            if (known != null) {
                known.rules().addAll(own);
                return;
            }
            String name = pair + (c.inspected() ? "-" + c.protocol() : "-other");
            if (c.inspected() && (c.transport() != Conversation.TCP || names.contains(name))) {
                name += "-" + (c.transport() == Conversation.UDP ? "udp-" : "") + c.port();
            }
            name = name.length() > LONGEST_NAME || names.contains(name) ? "conduit-" + (conduits.size() + 1) : name;
            names.add(name);
            conduits.put(key, new ConduitDraft(name, c, new ArrayList<>(own)));
        });
        return List.copyOf(conduits.values());
    }

    /** Where every rule of a conduit is for a person to put in force, so is the conduit. */
    private void conduit(ConduitDraft draft) {
        Conversation c = draft.conversation();
        boolean dormant = !options.writes() && draft.rules().stream().allMatch(r -> r.decide().isPresent());
        String off = dormant ? "# " : "";
        line("  " + off + draft.name() + ":");
        line("  " + off + "  from: " + zoning.nameOf(c.client()));
        line("  " + off + "  to: " + zoning.nameOf(c.server()));
        if (c.inspected()) {
            line("  " + off + "  protocol: " + protocol(c));
        }
        Optional<String> channel = channel(draft);
        channel.ifPresent(demands -> line("  " + off + "  channel: " + demands + "  # as all its connections were"));
        line("  " + off + "  allow:");
        List<Outline.Rule> own = draft.rules().stream().sorted(Comparator.comparing(r -> r.decide().isPresent()))
                .map(rule -> rule(draft, rule, off)).toList();
        outline.add(new Outline.Conduit(draft.name(), zoning.nameOf(c.client()), zoning.nameOf(c.server()),
                c.inspected() ? c.protocol() + ", " + c.service() : "", channel.orElse(""), own));
    }

    private static String protocol(Conversation c) {
        int usual = Protocols.named(c.protocol()).orElseThrow().defaultPort();
        List<String> keys = new ArrayList<>();
        if (c.port() != usual) {
            keys.add("port: " + c.port());
        }
        if (c.transport() == Conversation.UDP) {
            keys.add("transport: udp");
        }
        return keys.isEmpty() ? c.protocol() : "{" + c.protocol() + ": {" + String.join(", ", keys) + "}}";
    }

    private Optional<String> channel(ConduitDraft draft) {
        Traffic traffic = seen.traffic.find(draft.conversation());
        return traffic == null || !draft.conversation().inspected()
                ? Optional.empty()
                : new ChannelDraft(Protocols.named(draft.conversation().protocol()).orElseThrow().vocabulary(), traffic,
                        draft.rules()).text();
    }

    private Outline.Rule rule(ConduitDraft draft, RuleDraft rule, String off) {
        String id = rule.letter() + Integer.toString(ids.merge(rule.letter(), 1, Integer::sum));
        Span span = rule.span();
        StringBuilder seenWhen = new StringBuilder("seen " + span.count() + (span.count() == 1 ? " time" : " times"));
        seenWhen.append(", ").append(time(span.first())).append(" to ").append(time(span.last())).append(", frames ")
                .append(frames(span.frames(), span.count()));
        if (rule.confidence() >= 0) {
            seenWhen.append("; confidence ").append(rule.confidence()).append(" %");
        }
        line("      # " + seenWhen);
        rule.notes().forEach(note -> line("      # " + YamlText.comment(note)));
        boolean dormant = !off.isEmpty() || (rule.decide().isPresent() && !options.writes());
        rule.decide().ifPresent(why -> line("      # DECIDE: " + why
                + (dormant ? ". To permit it, take the `# ` away" : "")));
        for (String line : lines(id, rule.keys())) {
            line("      " + (dormant ? "# " : "") + line);
        }
        decisions += rule.decide().isPresent() ? 1 : 0;
        if (!dormant) {
            rules++;
            expect(draft, rule, id);
        }
        return new Outline.Rule(id, rule.keys(), span.count(), span.first(), span.last(), span.frames(),
                rule.confidence(), rule.notes(), rule.decide(), dormant);
    }

    private static String frames(List<Long> frames, long count) {
        return String.join(", ", frames.stream().map(String::valueOf).toList()) + (count > frames.size() ? " …" : "");
    }

    private static List<String> lines(String id, Map<String, List<String>> keys) {
        List<String> flow = new ArrayList<>(List.of("id: " + id));
        keys.forEach((key, values) -> flow.add(key + ": " + inline(values)));
        String one = "- {" + String.join(", ", flow) + "}";
        if (one.length() <= LINE) {
            return List.of(one);
        }
        List<String> lines = new ArrayList<>(List.of("- id: " + id));
        keys.forEach((key, values) -> {
            if (values.size() == 1 || inline(values).length() <= LINE - 20) {
                lines.add("  " + key + ": " + inline(values));
            } else {
                lines.add("  " + key + ":");
                values.forEach(value -> lines.add("    - " + value));
            }
        });
        return lines;
    }

    private static String inline(List<String> values) {
        return values.size() == 1 ? values.getFirst() : "[" + String.join(", ", values) + "]";
    }

    private void expect(ConduitDraft draft, RuleDraft rule, String id) {
        Conversation c = draft.conversation();
        for (Example example : rule.does()) {
            boolean plain = !c.inspected();
            if (YamlText.isStatable(example.does()) && (plain || isRequest(c, example.does()))) {
                boolean sure = draft.rules().stream().noneMatch(RuleDraft::wide);
                expected.add(new Expected(zoning.nameOf(c.client()), zoning.nameOf(c.server()), c.protocol(),
                        example.does(), sure ? " " + id : "", example.count()));
                return; // one for a rule
            }
        }
    }

    private static boolean isRequest(Conversation c, String does) {
        return Protocols.named(c.protocol()).orElseThrow().vocabulary()
                .request(does) instanceof Understood.Yes<Request>;
    }

    /** The most frequent ones. */
    private int expectations() {
        List<Expected> most = expected.stream()
                .sorted(Comparator.comparingLong((Expected e) -> -e.count()).thenComparing(Expected::rule)
                        .thenComparing(Expected::from).thenComparing(Expected::to)
                        .thenComparing(Expected::does))
                .limit(options.expectations()).toList();
        if (most.isEmpty()) {
            return 0;
        }
        line("");
        line("expect:  # the most frequent requests; a change of the rules that refuses one of them is found by `sluice check`");
        most.forEach(e -> line("  - {from: " + e.from() + ", to: " + e.to()
                + (e.protocol().isEmpty() ? "" : ", protocol: " + e.protocol()) + ", does: "
                + YamlText.quoted(e.does()) + ", then: allow" + e.rule() + "}"));
        return most.size();
    }

    private void leftOut() {
        line("");
        line(leftOut.isEmpty() ? "# Nothing that was seen is left out." : "# Seen, and in no rule:");
        Map<LeftOut.Why, List<LeftOut>> sorts = new LinkedHashMap<>();
        leftOut.forEach(l -> sorts.computeIfAbsent(l.why(), _ -> new ArrayList<>()).add(l));
        sorts.forEach((why, all) -> {
            line("#");
            line("# " + why.sentence() + ":");
            all.stream().limit(MOST_LEFT_OUT).forEach(l -> line("#   " + YamlText.comment((l.who().isEmpty()
                    ? ""
                    : l.who() + ": ") + l.what()) + ", " + l.count() + (l.count() == 1 ? " time" : " times")
                    + (l.frames().isEmpty() ? "" : ", frames " + frames(l.frames(), l.count()))));
            if (all.size() > MOST_LEFT_OUT) {
                line("#   and " + (all.size() - MOST_LEFT_OUT) + " more of the kind");
            }
        });
    }
}
