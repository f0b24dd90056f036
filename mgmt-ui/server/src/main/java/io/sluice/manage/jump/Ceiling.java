package io.sluice.manage.jump;

import io.sluice.manage.Refused;
import io.sluice.manage.firewall.PolicyText;
import io.sluice.rules.CompiledGrant;
import io.sluice.rules.Grant;
import io.sluice.rules.compile.GrantCompiler;
import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.policy.Asset;
import io.sluice.rules.policy.Conduit;
import io.sluice.rules.policy.GrantReader;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.Problem;
import io.sluice.rules.policy.Rule;
import io.sluice.rules.policy.RuleTexts;
import io.sluice.rules.policy.SessionRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one policy allows jump sessions at most, and how requests narrow it. Nothing here widens anything. */
final class Ceiling {
    private final PolicyText.Sound policy;
    private final GrantCompiler compiler;

    Ceiling(PolicyText.Sound policy) {
        this.policy = policy;
        compiler = new GrantCompiler(policy.policy(), policy.compiled());
    }

    PolicyText.Sound policy() {
        return policy;
    }

    SessionRule rule(String name) throws Refused {
        SessionRule rule = policy.policy().sessions().get(name);
        if (rule == null) {
            throw Refused.notFound("the policy that judges now offers no sessions `" + name + "`");
        }
        return rule;
    }

    /** All devices that a rule leads to. */
    List<Target> targets(SessionRule rule) {
        List<Target> targets = new ArrayList<>();
        for (String name : rule.use()) {
            conduit(name).ifPresent(c -> policy.policy().assets().values().stream()
                    .filter(a -> a.name().equals(c.to()) || a.zone().equals(c.to()))
                    .forEach(a -> targets.add(new Target(name, a.name()))));
        }
        return targets;
    }

    Optional<Conduit> conduit(String name) {
        return Optional.ofNullable(policy.policy().conduits().get(name));
    }

    Optional<Asset> asset(String name) {
        return Optional.ofNullable(policy.policy().assets().get(name));
    }

    int port(Target target) {
        return conduit(target.conduit()).flatMap(Conduit::service).map(Conduit.Service::port).orElse(0);
    }

    String protocol(Target target) {
        return conduit(target.conduit()).flatMap(Conduit::service).map(s -> s.protocol().name()).orElse("tcp");
    }

    /** All that the conduits of some targets allow, written out. */
    Map<String, String> whole(List<Target> targets) throws Refused {
        Map<String, String> rules = new LinkedHashMap<>();
        for (Target target : targets) {
            rules.put(target.conduit(), RuleTexts.allows(policy.yaml(), target.conduit())
                    .orElseThrow(() -> Refused.wrong("conduit `" + target.conduit() + "` allows nothing")));
        }
        return rules;
    }

    /**
     * What an access comes to within some rules.
     *
     * @param outer by conduit; the most there is
     * @param rules what is meant with {@link Access#RULES}
     */
    Map<String, String> narrowed(Map<String, String> outer, Access access, String rules) throws Refused {
        return switch (access) {
            case WRITE -> outer;
            case READ -> reading(outer);
            case RULES -> byRules(outer, rules);
        };
    }

    /** What of some rules changes nothing; conduits by which nothing can be read are left out. */
    Map<String, String> reading(Map<String, String> outer) throws Refused {
        Map<String, String> reading = new LinkedHashMap<>();
        for (Map.Entry<String, String> one : outer.entrySet()) {
            conduit(one.getKey()).flatMap(c -> RuleTexts.reading(one.getValue(), c.vocabulary()))
                    .ifPresent(text -> reading.put(one.getKey(), text));
        }
        if (reading.isEmpty()) {
            throw Refused.wrong("nothing of it only reads; choose another access");
        }
        return reading;
    }

    private Map<String, String> byRules(Map<String, String> outer, String rules) throws Refused {
        if (outer.size() != 1) {
            throw Refused.wrong("rules are written in the words of one conduit; ask for devices of one conduit only");
        }
        if (rules.isBlank()) {
            throw Refused.wrong("the rules are missing: a list of allows, such as `- {id: r1, do: read, unit: 1}`");
        }
        Map.Entry<String, String> one = outer.entrySet().iterator().next();
        List<Problem> problems = beyond(one.getKey(), one.getValue(), rules);
        if (!problems.isEmpty()) {
            throw Refused.wrong("the rules have problems, or go beyond what is possible here",
                    PolicyText.problems(problems));
        }
        return Map.of(one.getKey(), rules);
    }

    /** Why some rules are not within others, in the words of a conduit; empty where they are. */
    private List<Problem> beyond(String name, String outer, String inner) {
        Conduit conduit = conduit(name).orElseThrow();
        Policy all = policy.policy();
        if (!(GrantReader.read("rules", outer, all, conduit) instanceof GrantReader.Result.Read most)) {
            return List.of(Problem.error(conduit.position(), "what was approved cannot be read under this policy"));
        }
        Conduit narrow = new Conduit(conduit.name(), conduit.from(), conduit.to(), conduit.service(), conduit.onDeny(),
                conduit.mode(), conduit.channel(), most.rules(), conduit.position());
        Policy only = new Policy(all.name(), all.mode(), all.whenUnsure(), all.timezone(), all.zones(), all.assets(),
                all.windows(), Map.of(name, narrow), List.of());
        if (!(PolicyCompiler.compile(only, "") instanceof PolicyCompiler.Result.Compiled compiled)) {
            return List.of(Problem.error(conduit.position(), "what was approved cannot be compiled under this policy"));
        }
        Target any = targets(conduit).getFirst();
        Grant grant = new Grant("rules", "-", name, any.asset(), Optional.of(inner), Instant.MAX);
        return new GrantCompiler(only, compiled.policy()).compile(grant) instanceof GrantCompiler.Result.Refused refused
                ? refused.problems()
                : List.of();
    }

    private List<Target> targets(Conduit conduit) {
        return policy.policy().assets().values().stream()
                .filter(a -> a.name().equals(conduit.to()) || a.zone().equals(conduit.to()))
                .map(a -> new Target(conduit.name(), a.name())).toList();
    }

    /** What a grant becomes under this policy; empty where it does not allow it. */
    Optional<CompiledGrant> compile(Grant grant) {
        return compiler.compile(grant) instanceof GrantCompiler.Result.Compiled good
                ? Optional.of(good.grant())
                : Optional.empty();
    }

    /** Why the policy does not let a target be used by these rules; empty where it does. */
    List<Problem> problems(Target target, String rules) {
        Grant grant = new Grant("rules", "-", target.conduit(), target.asset(), Optional.of(rules), Instant.MAX);
        return compiler.compile(grant) instanceof GrantCompiler.Result.Refused refused
                ? refused.problems()
                : List.of();
    }

    /** What these rules come to at a target, in sentences. */
    Permissions permissions(Target target, String rules) {
        return new Permissions(target, protocol(target), port(target), RuleTexts.sentences(rules),
                mayNot(target, rules));
    }

    List<Permissions> permissions(Offer offer, Map<String, String> rules) {
        return offer.targets().stream().map(t -> permissions(t, rules.getOrDefault(t.conduit(), ""))).toList();
    }

    /** The most that a session may do by a conduit, in sentences. */
    List<String> most(String conduit) {
        return RuleTexts.allows(policy.yaml(), conduit).map(RuleTexts::sentences).orElse(List.of());
    }

    /** What can not be done although somebody may expect it. */
    private List<String> mayNot(Target target, String rules) {
        Set<String> not = new LinkedHashSet<>();
        Conduit conduit = conduit(target.conduit()).orElse(null);
        if (conduit == null) {
            return List.of("anything: the policy has no conduit `" + target.conduit() + "` any more");
        }
        Optional<String> most = RuleTexts.allows(policy.yaml(), conduit.name());
        boolean changes = RuleTexts.changes(rules, conduit.vocabulary());
        if (!changes) {
            not.add("change anything at the device");
        } else if (most.filter(m -> !m.equals(rules)).isPresent()) {
            not.add("do all that the conduit allows: it was narrowed");
        }
        for (Rule deny : denies(target, conduit)) {
            not.add(String.join(", ", deny.does()) + " as rule `" + deny.id() + "` forbids"
                    + deny.because().map(b -> ": " + b).orElse(""));
        }
        not.add("anything else");
        return List.copyOf(not);
    }

    private List<Rule> denies(Target target, Conduit own) {
        Asset asset = asset(target.asset()).orElse(null);
        return policy.policy().conduits().values().stream().filter(c -> c.from().equals(own.from()))
                .filter(c -> c.to().equals(target.asset()) || (asset != null && c.to().equals(asset.zone())))
                .filter(c -> c.service().equals(own.service())).flatMap(c -> c.rules().stream()).filter(Rule::deny)
                .toList();
    }
}
