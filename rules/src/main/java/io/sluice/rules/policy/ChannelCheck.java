package io.sluice.rules.policy;

import io.sluice.dissect.Vocabulary;
import io.sluice.dissect.Vocabulary.Act;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks that what a conduit demands of connections goes together with its rules, its places and its answers. */
final class ChannelCheck {
    private final Problems problems;
    private final Map<String, Asset> assets;

    ChannelCheck(Problems problems, Map<String, Asset> assets) {
        this.problems = problems;
        this.assets = assets;
    }

    void check(Conduit conduit) {
        Vocabulary vocabulary = conduit.vocabulary();
        Map<String, Set<Integer>> demands = demands(conduit.channel());
        vocabulary.objection(List.of(), demands).ifPresent(why -> refuse(conduit, conduit.channel().stream()
                .map(Requirement::position).findFirst().orElse(conduit.position()), why));
        boolean refused = false;
        for (Rule rule : conduit.rules()) {
            Optional<String> objection = rule.acts().isEmpty()
                    ? Optional.empty()
                    : vocabulary.objection(rule.acts(), demands);
            objection.ifPresent(why -> problems.error(rule.position(), "`" + rule.id() + "` " + why));
            refused |= objection.isPresent();
        }
        if (!refused) {
            List<Act> all = conduit.rules().stream().flatMap(r -> r.acts().stream()).toList();
            vocabulary.objection(all, demands).filter(_ -> !all.isEmpty())
                    .ifPresent(why -> refuse(conduit, conduit.position(), why));
        }
        conduit.channel().forEach(requirement -> certificate(conduit, requirement));
        if (conduit.onDeny().equals(Optional.of(OnDeny.REPLY)) && !vocabulary.answers(demands)) {
            problems.warning(conduit.position(), "conduit `" + conduit.name() + "` cannot `reply`: nobody but the"
                    + " server can sign an answer, so a refused connection is reset; write `on_deny: reset`");
        }
    }

    private void refuse(Conduit conduit, Position position, String why) {
        problems.error(position, "conduit `" + conduit.name() + "` " + why);
    }

    /** The accepted values by the trait's key, as vocabularies want them. */
    static Map<String, Set<Integer>> demands(List<Requirement> requirements) {
        Map<String, Set<Integer>> demands = new HashMap<>();
        requirements.forEach(r -> demands.put(r.trait().key(), r.accepted()));
        return demands;
    }

    /** A zone may hold assets with a certificate and others, which then do not pass; an asset has one or not. */
    private void certificate(Conduit conduit, Requirement requirement) {
        String place = switch (requirement.trait().how()) {
            case PINNED_CLIENT -> conduit.from();
            case PINNED_SERVER -> conduit.to();
            case ONE_OF, AT_LEAST, ONE_OF_NAMES -> "";
        };
        Asset asset = assets.get(place);
        if (asset != null && asset.certificate().isEmpty()) {
            problems.error(requirement.position(), "`" + requirement.trait().key() + ": pinned` compares with the"
                    + " certificate of asset `" + place + "`, which has none; add `certificate: \"sha256:…\"` to it in"
                    + " line " + asset.position().line());
        }
    }
}
