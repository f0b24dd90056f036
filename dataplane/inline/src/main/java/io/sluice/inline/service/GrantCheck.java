package io.sluice.inline.service;

import io.sluice.control.v1.Refusal;
import io.sluice.inline.policy.SoundPolicy;
import io.sluice.rules.CompiledGrant;
import io.sluice.rules.Grant;
import io.sluice.rules.compile.GrantCompiler;
import io.sluice.rules.policy.Conduit;
import io.sluice.rules.policy.GrantReader;
import io.sluice.rules.policy.Problem;
import java.util.List;
import java.util.Optional;

/** Finds out whether a grant stays within its conduit's ceiling, and if not, which of the reasons it is. */
final class GrantCheck {
    private final SoundPolicy policy;
    private final GrantCompiler compiler;

    GrantCheck(SoundPolicy policy) {
        this.policy = policy;
        compiler = new GrantCompiler(policy.policy(), policy.compiled());
    }

    /** Either a grant that can be opened, or why not. */
    sealed interface Result {
        record Good(CompiledGrant grant) implements Result {}

        record Bad(Refusal refusal, List<Problem> problems) implements Result {}
    }

    Optional<CompiledGrant> compile(Grant grant) {
        return compiler.compile(grant) instanceof GrantCompiler.Result.Compiled good
                ? Optional.of(good.grant())
                : Optional.empty();
    }

    Result check(Grant grant) {
        return switch (compiler.compile(grant)) {
            case GrantCompiler.Result.Compiled good -> new Result.Good(good.grant());
            case GrantCompiler.Result.Refused refused ->
                new Result.Bad(refusal(grant, refused.problems()), refused.problems());
        };
    }

    private Refusal refusal(Grant grant, List<Problem> problems) {
        Conduit conduit = policy.policy().conduits().get(grant.conduit());
        if (conduit == null) {
            return Messages.refusal(Refusal.Code.UNKNOWN_CONDUIT, problems.getFirst().text());
        }
        Grant whole = new Grant(grant.id(), grant.person(), grant.conduit(), grant.target(), Optional.empty(),
                grant.notAfter());
        if (compile(whole).isEmpty()) {
            return Messages.refusal(Refusal.Code.WRONG_CONDUIT, problems.getFirst().text());
        }
        boolean readable = GrantReader.read("", grant.rules().orElse(""), policy.policy(),
                conduit) instanceof GrantReader.Result.Read;
        return readable
                ? Messages.refusal(Refusal.Code.BEYOND_CEILING, "the grant asks for more than conduit `"
                        + grant.conduit() + "` allows: " + problems.getFirst().text())
                : Messages.refusal(Refusal.Code.RULES_UNREADABLE, "the grant's rules have problems: "
                        + problems.getFirst());
    }
}
