package io.sluice.manage.route;

import io.sluice.manage.Refused;
import io.sluice.manage.firewall.Explainer;
import io.sluice.manage.firewall.RuleProposals;
import io.sluice.manage.http.Answer;
import io.sluice.manage.http.Call;
import io.sluice.manage.http.Operations;
import io.sluice.manage.index.EventIndex;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a message was allowed or refused, and the rule that would allow it. */
public final class WhyRoutes implements Operations.Part {
    private final EventIndex index;
    private final Explainer explainer;
    private final RuleProposals proposals;

    WhyRoutes(EventIndex index, Explainer explainer, RuleProposals proposals) {
        this.index = index;
        this.explainer = explainer;
        this.proposals = proposals;
    }

    @Override
    public void register(Operations operations) {
        operations.on("explainEvent", this::explain).on("proposeRule", this::propose);
    }

    private record ProposalView(String kind, String conduit, String rule, String yaml, int line, String note) {}

    private Answer propose(Call call) throws Refused {
        RuleProposals.Proposal p = proposals.of(TrafficRoutes.event(index, call.number("id")));
        return Answer.ok(new ProposalView(p.kind().word(), p.conduit(), p.rule(), p.yaml(), p.line(), p.note()));
    }

    private record WhyView(String sentence, List<String> steps, @Nullable String rule, @Nullable Integer line,
            String policy, boolean policyIsCurrent, @Nullable String because, @Nullable String closest) {}

    private Answer explain(Call call) throws Refused {
        Explainer.Why why = explainer.why(TrafficRoutes.event(index, call.number("id")));
        return Answer.ok(new WhyView(why.sentence(), why.steps(), some(why.rule()), why.line() == 0 ? null : why.line(),
                why.policy(), why.current(), some(why.because()), some(why.closest())));
    }

    private static @Nullable String some(String text) {
        return text.isEmpty() ? null : text;
    }
}
