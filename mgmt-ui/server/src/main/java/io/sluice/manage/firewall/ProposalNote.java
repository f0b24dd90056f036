package io.sluice.manage.firewall;

import io.sluice.dissect.Protocol;
import io.sluice.manage.firewall.Requested.Item;
import io.sluice.rules.Service;
import io.sluice.rules.analyze.Expectations;
import io.sluice.rules.policy.Conduit;
import io.sluice.rules.policy.Problem;
import io.sluice.rules.policy.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a person should think of before a proposal is applied. */
final class ProposalNote {
    private final Wanted wanted;
    private final List<String> sentences = new ArrayList<>();

    ProposalNote(Wanted wanted) {
        this.wanted = wanted;
    }

    ProposalNote rules(NarrowRules narrow, List<Item> missing) {
        boolean writes = missing.stream().anyMatch(i -> wanted.vocabulary().operations().stream()
                .anyMatch(o -> o.writes() && i.does().startsWith(o.word())));
        sentences.add(wanted.protocol().isEmpty()
                ? "what is said there is not inspected, so all of it passes"
                : writes
                        ? "it lets `" + wanted.from().name() + "` change `" + wanted.to().name()
                                + "`; allow only what the plant needs"
                        : narrow.wider().isEmpty() ? "it allows exactly this request" : "it changes nothing there");
        if (!narrow.wider().isEmpty()) {
            sentences.add("no narrower rule can say it; this one also allows " + narrow.wider());
        }
        if (wanted.event().judgement().detail().startsWith("the conduit demands another ")) {
            sentences.add("the connection would still be refused: " + wanted.event().judgement().detail());
        }
        return this;
    }

    ProposalNote conduit(Conduit conduit) {
        if (conduit.mode().isPresent()) {
            sentences.add("the conduit has a mode of its own");
        }
        return this;
    }

    /** Names that are new, and conduits that are wider than this one. */
    ProposalNote names() {
        Stream.of(wanted.from(), wanted.to()).filter(e -> e.asset().isPresent())
                .forEach(e -> sentences.add("`" + e.name() + "` has no name in the policy yet: give it the one that"
                        + " people use"));
        List<String> wider = wanted.relation(wanted.policy(), wanted.from().place(), wanted.to().place()).services()
                .stream().filter(s -> wanted.protocol().filter(s.protocol()::equals).isPresent())
                .map(Service::conduits).flatMap(List::stream).distinct().toList();
        if (!wider.isEmpty()) {
            sentences.add("what others in their zones may do as well belongs into `" + String.join("`, `", wider)
                    + "` instead");
        }
        return this;
    }

    ProposalNote opened(Protocol protocol) {
        sentences.add("it only lets the connection be opened, inspected as `" + protocol.name()
                + "`; each request is then refused by its name, so that a rule can be made of it");
        return this;
    }

    ProposalNote rate(Rule rule, String before) {
        sentences.add("rule `" + rule.id() + "` permits " + before + " to each source; this is twice as often. Refusals"
                + " do not tell how often a device asks: look at its settings, and at whether it asks more than it"
                + " should");
        return this;
    }

    /** All of it; lines of {@code expect} that the new policy would not hold stand at the end. */
    String text(String yaml) {
        if (PolicyText.of(yaml) instanceof PolicyText.Sound sound) {
            List<String> broken = Expectations.check(sound.compiled(), sound.policy()).stream()
                    .filter(p -> p.severity() == Problem.Severity.ERROR)
                    .map(p -> "line " + p.position().line() + " of the policy expects otherwise: " + p.text()).toList();
            sentences.addAll(broken);
        }
        return String.join("; ", sentences);
    }
}
