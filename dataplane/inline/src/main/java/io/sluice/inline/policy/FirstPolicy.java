package io.sluice.inline.policy;

import io.sluice.inline.policy.PolicyChange.Why;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the policy to start with: the active one of the store; where that is lost, the last one of the history that is not;
 * at the very first start, the seed. There is no other way to start, and in particular none without a policy.
 */
public final class FirstPolicy {
    private final PolicyStore store;
    private final PolicyLoader loader;
    private final InstantSource clock;
    private final List<String> notes = new ArrayList<>();

    public FirstPolicy(PolicyStore store, PolicyLoader loader, InstantSource clock) {
        this.store = store;
        this.loader = loader;
        this.clock = clock;
    }

    /**
     * What was found.
     *
     * @param policy what to judge by
     * @param since when it became active, as the history says
     * @param notes sentences that the operator should read
     */
    public record Found(SoundPolicy policy, PolicyChange since, List<String> notes) {}

    /**
     * Looks in the store, and takes the seed at the very first start.
     *
     * @param seed the policy's file that the settings name
     */
    public Found find(Path seed) throws StartException {
        try {
            if (!store.wasUsed()) {
                return seed(seed);
            }
            List<PolicyChange> history = store.history();
            if (store.damagedLines() > 0) {
                notes.add("damaged lines of `" + store.folder().resolve("history")
                        + "` were skipped: " + store.damagedLines());
            }
            Optional<String> active = store.active();
            Optional<String> text = active.isPresent() ? store.text(active.get()) : Optional.empty();
            if (active.isEmpty() || text.isEmpty()) {
                return recover(history, active);
            }
            SoundPolicy policy = sound(active.get(), text.get());
            compareSeed(seed, policy);
            return new Found(policy, since(history, policy), List.copyOf(notes));
        } catch (IOException e) {
            throw new StartException("the policies under `" + store.folder() + "` cannot be read or written: "
                    + e.getMessage() + "; put that right, and start again", List.of());
        }
    }

    private Found seed(Path seed) throws StartException, IOException {
        if (!Files.isRegularFile(seed)) {
            throw new StartException("there is no policy yet: put one at `" + seed
                    + "`, where the settings look for it, and start again", List.of());
        }
        SoundPolicy policy = switch (loader.load(seed.toString(), text(seed))) {
            case PolicyLoader.Result.Sound sound -> sound.policy();
            case PolicyLoader.Result.Refused refused -> throw new StartException("policy `" + seed
                    + "` has problems; Sluice does not start without a sound policy", refused.problems());
        };
        PolicyChange change = change(policy, Why.SEED);
        store.keep(policy.hash(), policy.yaml());
        store.activate(policy.hash());
        store.record(change);
        notes.add("this is the first start: policy `" + policy.policy().name() + "` was taken from `" + seed
                + "`; from now on, change it by `sluice apply`");
        return new Found(policy, change, List.copyOf(notes));
    }

    /** A kept policy was sound when it was applied; it need not be after an update or a change of settings. */
    private SoundPolicy sound(String hash, String text) throws StartException {
        return switch (loader.load(store.folder().resolve("policies").resolve(hash + ".yaml").toString(), text)) {
            case PolicyLoader.Result.Sound sound -> sound.policy();
            case PolicyLoader.Result.Refused refused -> throw new StartException("the active policy does not fit this"
                    + " version of Sluice, or its settings, any more; correct the settings, or write a policy without"
                    + " these problems to the file that `policy:` names, move `" + store.folder().resolve("active")
                    + "` and `" + store.folder().resolve("history") + "` away, and start again", refused.problems());
        };
    }

    private Found recover(List<PolicyChange> history, Optional<String> lost) throws StartException, IOException {
        for (PolicyChange earlier : history.reversed()) {
            Optional<String> text = earlier.why().active() ? store.text(earlier.hash()) : Optional.empty();
            if (text.isPresent()) {
                SoundPolicy policy = sound(earlier.hash(), text.get());
                PolicyChange change = change(policy, Why.RECOVERED);
                store.activate(policy.hash());
                store.record(change);
                notes.add("the active policy " + lost.map(h -> "`" + h.substring(0, 12) + "…` ").orElse("")
                        + "under `" + store.folder() + "` is missing or damaged; policy `" + policy.policy().name()
                        + "` of " + Times.text(earlier.nanos()) + " took its place: check that it is the right one, and"
                        + " apply the right one if not");
                return new Found(policy, change, List.copyOf(notes));
            }
        }
        throw new StartException("the policies under `" + store.folder() + "` are missing or damaged, and none of the"
                + " history can be read; to start anew with the file that `policy:` names, move `"
                + store.folder().resolve("active") + "` and `" + store.folder().resolve("history") + "` away",
                List.of());
    }

    private void compareSeed(Path seed, SoundPolicy active) {
        try {
            if (Files.isRegularFile(seed) && !text(seed).equals(active.yaml())) {
                notes.add("`" + seed + "` differs from the active policy `" + active.policy().name()
                        + "`, which counts; to make it count, run `sluice apply " + seed + "`");
            }
        } catch (IOException e) {
            notes.add("`" + seed + "` cannot be read; the active policy `" + active.policy().name() + "` counts");
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private PolicyChange since(List<PolicyChange> history, SoundPolicy policy) {
        return history.reversed().stream().filter(c -> c.why().active() && c.hash().equals(policy.hash())).findFirst()
                .orElseGet(() -> change(policy, Why.RECOVERED));
    }

    private PolicyChange change(SoundPolicy policy, Why why) {
        return new PolicyChange(Times.nanos(clock.instant()), PolicyChange.SLUICE, policy.hash(),
                policy.policy().name(), why);
    }
}
