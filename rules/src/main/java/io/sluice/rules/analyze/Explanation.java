package io.sluice.rules.analyze;

import io.sluice.dissect.Protocol;
import io.sluice.dissect.Protocols;
import io.sluice.dissect.Shortfall;
import io.sluice.dissect.Vocabulary.Understood;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.Demands;
import io.sluice.rules.RuleInfo;
import io.sluice.rules.Service;
import io.sluice.rules.policy.Conduit;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why a policy allows or refuses a request. Of a request in words windows are taken as open and rates as unused; a line
 * says so where the deciding rule has one. Of one that was judged both are as they were.
 *
 * @param rule id of the rule that decided; empty where no rule allows the request
 * @param nearest id of the allow that comes nearest to a request that was refused by default
 * @param missing one of {@link Shortfall}'s numbers
 * @param lines the whole answer for people, line by line
 */
public record Explanation(boolean allowed, Optional<String> rule, Optional<String> nearest, int missing,
        List<String> lines) {
    public Explanation {
        lines = List.copyOf(lines);
    }

    /** Judges a question by the compiled policy and explains it by the written one; both must be of the same text. */
    public static Understood<Explanation> of(CompiledPolicy compiled, Policy policy, Question question) {
        return switch (Judgement.of(compiled, policy, question)) {
            case Understood.Yes<Judgement> yes -> new Understood.Yes<>(explain(policy, question, yes.meaning()));
            case Understood.No<Judgement> no -> new Understood.No<>(no.sentence());
        };
    }

    /** Explains a verdict that was given, by the written policy; all three must be of the same text. */
    public static Explanation of(CompiledPolicy compiled, Policy policy, Judged judged) {
        return new GivenVerdict(policy, judged, Judgement.of(compiled, judged)).explanation();
    }

    /** Who wants something of whom, and which conduits decide about it. */
    static List<String> way(Policy policy, String from, String to, Judgement judgement) {
        List<String> lines = new ArrayList<>();
        lines.add(place(policy, from) + " to " + place(policy, to));
        List<String> conduits = conduits(judgement);
        lines.add(conduits.isEmpty()
                ? "no conduit joins them: nothing passes"
                : (conduits.size() == 1 ? "conduit " : "conduits ") + "`" + String.join("`, `", conduits) + "`");
        judgement.service().ifPresent(s -> lines.add("port " + s.port() + ", inspected as " + s.protocol().name()));
        return lines;
    }

    static List<String> conduits(Judgement judgement) {
        return judgement.service().map(Service::conduits).orElse(judgement.relation().conduits());
    }

    private static Explanation explain(Policy policy, Question question, Judgement judgement) {
        List<String> lines = way(policy, question.from(), question.to(), judgement);
        List<String> conduits = conduits(judgement);
        boolean allowed = judgement.verdict().allowed();
        Optional<Nearest> nearest = Optional.empty();
        List<String> demands = judgement.service().map(s -> s.demands().texts()).orElse(List.of());
        if (!demands.isEmpty()) {
            lines.add("only over a channel with " + String.join(", ", demands) + ", as assumed here");
        }
        Optional<String> unpinned = judgement.service().flatMap(s -> unpinned(policy, question, s.demands()));
        if (allowed && unpinned.isPresent()) {
            lines.add("refused: " + unpinned.get());
            lines.add("on refusal: " + onDeny(judgement));
            return new Explanation(false, Optional.empty(), Optional.empty(), Shortfall.TRAIT, lines);
        }
        if (judgement.rule().isPresent()) {
            decided(policy, judgement, judgement.rule().get(), lines);
        } else {
            lines.add("refused: no rule allows `" + judgement.described() + "`");
            nearest = Nearest.of(policy, conduits, judgement);
            nearest.ifPresent(n -> lines.add("nearest is `" + n.rule().id() + "`: " + n.missing()));
        }
        if (!allowed && !conduits.isEmpty()) {
            lines.add("on refusal: " + onDeny(judgement));
        }
        return new Explanation(allowed, judgement.rule().map(RuleInfo::id), nearest.map(n -> n.rule().id()),
                judgement.verdict().shortfall(), lines);
    }

    /** Why no channel between these places can be as demanded. */
    private static Optional<String> unpinned(Policy policy, Question question, Demands demands) {
        return Stream.concat(demands.pinsClient() ? Stream.of(question.from()) : Stream.empty(),
                demands.pinsServer() ? Stream.of(question.to()) : Stream.empty()).map(policy.assets()::get)
                .filter(asset -> asset != null && asset.certificate().isEmpty()).findFirst()
                .map(asset -> "asset `" + asset.name() + "` must show a certificate that is pinned, and has no"
                        + " `certificate`");
    }

    private static String onDeny(Judgement judgement) {
        return judgement.rule().map(RuleInfo::onDeny)
                .orElse(judgement.service().map(Service::onDeny).orElse(judgement.relation().onDeny())).name()
                .toLowerCase(Locale.ROOT);
    }

    private static void decided(Policy policy, Judgement judgement, RuleInfo info, List<String> lines) {
        lines.add(decider(judgement, info));
        rule(policy, info).ifPresent(rule -> {
            rule.window().ifPresent(w -> lines.add("only while window `" + w + "` is open, as assumed here"));
            rule.rate().ifPresent(r -> lines.add("at most " + r.burst() + " at once from one source, as its rate"
                    + " permits; assumed unused here"));
        });
    }

    static String decider(Judgement judgement, RuleInfo info) {
        return (info.deny() ? "refused by deny `" : "allowed by `") + info.id() + "` of conduit `" + info.conduit()
                + "`: `" + judgement.described() + "`" + info.because().map(b -> ", because: " + b).orElse("");
    }

    /** The rule as written. */
    static Optional<Rule> rule(Policy policy, RuleInfo info) {
        return Optional.ofNullable(policy.conduits().get(info.conduit())).map(Conduit::rules).stream()
                .flatMap(List::stream).filter(rule -> rule.id().equals(info.id())).findFirst();
    }

    private static String place(Policy policy, String name) {
        if (name.equals("?")) {
            return "an address that is no asset's and in no zone's networks";
        }
        return Optional.ofNullable(policy.assets().get(name))
                .map(asset -> "asset `" + name + "` in zone `" + asset.zone() + "`").orElse("zone `" + name + "`");
    }

    /** What passes, or does not, beside the rules of any policy. */
    public static List<String> defaults() {
        List<String> lines = new ArrayList<>(List.of(
                "ARP and IPv6 neighbour discovery pass between zones that have a conduit, after the check that they"
                        + " do not contradict an asset's address; router advertisements only from an asset",
                "a frame from an asset's address at another zone's port, or from outside a zone's `networks`, is refused",
                "ICMP errors pass only for live, allowed flows",
                "answers pass only as answers to an allowed request; UDP answers follow their flow",
                "DHCP, mDNS and other multicast pass only by rule, from a sender to a zone; IGMP and MLD never",
                "LLDP and MRP stay on their port unless an `ethertype` rule names them; STP, which has no EtherType, always",
                "`ethertype` rules are from zone to zone, both ways, and know no addresses"));
        Protocols.ALL.stream().filter(p -> !p.vocabulary().implied().isEmpty()).map(Protocol::name)
                .forEach(name -> lines.add("what a client needs to connect passes with any allow of `" + name + "`"));
        lines.add("everything else is refused unless a rule allows it");
        return lines;
    }
}
