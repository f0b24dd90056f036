package io.sluice.rules.compile;

import io.sluice.dissect.Protocol;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.Meter;
import io.sluice.rules.Windows;
import io.sluice.rules.policy.Asset;
import io.sluice.rules.policy.Conduit;
import io.sluice.rules.policy.Network;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.Position;
import io.sluice.rules.policy.Problem;
import io.sluice.rules.policy.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles a policy as written into tables that decide; refuses what cannot be enforced, with the way out. */
public final class PolicyCompiler {
    /** Most rules of a policy. */
    public static final int MOST_RULES = 100_000;

    private PolicyCompiler() {}

    /** Either a policy ready to decide, with warnings; or what stands in the way. */
    public sealed interface Result {
        record Compiled(CompiledPolicy policy, List<Problem> warnings) implements Result {}

        record Refused(List<Problem> problems) implements Result {}
    }

    /**
     * Compiles a policy that was read without errors.
     *
     * @param hash SHA-256 of the policy's text, in hexadecimal
     */
    public static Result compile(Policy policy, String hash) {
        return compile(policy, hash, List.of());
    }

    /**
     * The same for an appliance with jump sessions.
     *
     * @param jump the addresses from which its sessions reach into zones; they belong to the broker's zone
     */
    public static Result compile(Policy policy, String hash, List<Network> jump) {
        List<Problem> problems = new ArrayList<>(limits(policy));
        if (problems.isEmpty()) {
            sharedAddresses(policy, problems);
            rates(policy, problems);
        }
        if (!problems.isEmpty()) {
            return new Result.Refused(List.copyOf(problems));
        }
        Places places = new Places(policy, jump);
        Map<Protocol, Dictionary> dictionaries = Dictionary.all(policy, places);
        RuleBook rules = new RuleBook(policy, dictionaries);
        Conflicts conflicts = new Conflicts(policy, places, rules);
        problems.addAll(conflicts.refusals());
        RelationBuilder relations = new RelationBuilder(policy, places, dictionaries, rules);
        Relations built = relations.build();
        problems.addAll(relations.problems());
        if (!problems.isEmpty()) {
            return new Result.Refused(List.copyOf(problems));
        }
        return new Result.Compiled(new StandardPolicy(policy, hash, places, dictionaries, rules.infos(), built),
                conflicts.warnings());
    }

    private static List<Problem> limits(Policy policy) {
        List<Problem> problems = new ArrayList<>();
        if (policy.windows().size() > Windows.MOST) {
            Position position = policy.windows().values().stream().skip(Windows.MOST).findFirst().orElseThrow()
                    .position();
            problems.add(Problem.error(position, "there are " + policy.windows().size() + " windows, and at most "
                    + Windows.MOST + " can be watched; let rules share windows with the same hours"));
        }
        int rules = 0;
        for (Conduit conduit : policy.conduits().values()) {
            rules += conduit.rules().size();
            if (rules > MOST_RULES) {
                problems.add(Problem.error(conduit.position(), "there are more than " + MOST_RULES
                        + " rules up to conduit `" + conduit.name() + "`; join rules by ranges and lists"));
                break;
            }
        }
        return problems;
    }

    /** An address belongs to one asset, and so to one zone. */
    private static void sharedAddresses(Policy policy, List<Problem> problems) {
        Map<String, Asset> owners = new HashMap<>();
        for (Asset asset : policy.assets().values()) {
            for (Network address : asset.addresses()) {
                String key = address.high() + ":" + address.low() + "/" + address.prefix();
                refuseSecondOwner(owners.putIfAbsent(key, asset), asset, address.text(), problems);
            }
            asset.mac().ifPresent(mac -> refuseSecondOwner(owners.putIfAbsent(mac, asset), asset, mac, problems));
        }
    }

    private static void refuseSecondOwner(@Nullable Asset owner, Asset asset, String address,
            List<Problem> problems) {
        if (owner != null && !owner.name().equals(asset.name())) {
            problems.add(Problem.error(asset.position(), "`" + address + "` belongs to asset `" + owner.name()
                    + "` already; name the device once, in one zone"));
        }
    }

    private static void rates(Policy policy, List<Problem> problems) {
        for (Conduit conduit : policy.conduits().values()) {
            for (Rule rule : conduit.rules()) {
                if (rule.rate().filter(r -> !Meter.countable(r)).isPresent()) {
                    problems.add(Problem.error(rule.rate().get().position(), "the rate of `" + rule.id()
                            + "` is outside what can be counted; use a smaller burst or a shorter period"));
                }
            }
        }
    }
}
