package io.sluice.inline.service;

import io.grpc.Status;
import io.sluice.control.v1.ApplyPolicyRequest;
import io.sluice.control.v1.ApplyPolicyResponse;
import io.sluice.control.v1.ConfirmRequest;
import io.sluice.control.v1.ConfirmResponse;
import io.sluice.control.v1.GetPolicyRequest;
import io.sluice.control.v1.GetPolicyResponse;
import io.sluice.control.v1.PolicyHistoryRequest;
import io.sluice.control.v1.PolicyHistoryResponse;
import io.sluice.control.v1.PolicyInfo;
import io.sluice.control.v1.Refusal;
import io.sluice.control.v1.RollBackRequest;
import io.sluice.control.v1.RollBackResponse;
import io.sluice.inline.policy.JudgingPolicy;
import io.sluice.inline.policy.PolicyAnswer;
import io.sluice.inline.policy.PolicyChange;
import io.sluice.inline.policy.PolicyControl;
import io.sluice.inline.policy.PolicyLoader;
import io.sluice.inline.policy.SoundPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The calls about policies. */
final class PolicyCalls {
    private static final int MOST_CHARACTERS = 16 << 20;
    private static final int MOST_SECONDS = 86_400;
    private static final int USUAL_HISTORY = 100;

    private final PolicyControl control;
    private final PolicyLoader loader;

    PolicyCalls(PolicyControl control, PolicyLoader loader) {
        this.control = control;
        this.loader = loader;
    }

    ApplyPolicyResponse apply(ApplyPolicyRequest request) {
        if (request.getYaml().isEmpty()) {
            throw Status.INVALID_ARGUMENT.withDescription("the policy's text is empty").asRuntimeException();
        }
        if (request.getYaml().length() > MOST_CHARACTERS) {
            throw Status.RESOURCE_EXHAUSTED.withDescription("the policy's text is larger than 16 MiB")
                    .asRuntimeException();
        }
        int seconds = request.getConfirmWithinSeconds();
        if (request.hasConfirmWithinSeconds() && (seconds < 1 || seconds > MOST_SECONDS)) {
            throw Status.INVALID_ARGUMENT.withDescription("the time to confirm is 1 to " + MOST_SECONDS + " seconds")
                    .asRuntimeException();
        }
        String file = request.getFileName().isEmpty() ? "policy" : request.getFileName();
        return switch (loader.load(file, request.getYaml())) {
            case PolicyLoader.Result.Refused refused ->
                ApplyPolicyResponse.newBuilder().addAllProblems(Messages.problems(refused.problems())).build();
            case PolicyLoader.Result.Sound sound -> apply(request, sound.policy());
        };
    }

    private ApplyPolicyResponse apply(ApplyPolicyRequest request, SoundPolicy policy) {
        ApplyPolicyResponse.Builder response = ApplyPolicyResponse.newBuilder()
                .addAllProblems(Messages.problems(policy.warnings()));
        if (request.getOnlyCheck()) {
            return response.build();
        }
        String who = Messages.who(request.getWho());
        PolicyAnswer answer = request.hasConfirmWithinSeconds()
                ? control.apply(policy, who, Duration.ofSeconds(request.getConfirmWithinSeconds()))
                : control.apply(policy, who);
        switch (answer) {
            case PolicyAnswer.Done done -> {
                response.setApplied(Messages.policy(done.now()));
                done.flowsEnded().ifPresent(response::setFlowsEnded);
            }
            case PolicyAnswer.Problems problems -> response.addAllProblems(Messages.problems(problems.problems()));
            case PolicyAnswer.Refused refused -> response.setRefusal(Messages.refusal(refused));
        }
        return response.build();
    }

    ConfirmResponse confirm(ConfirmRequest request) {
        ConfirmResponse.Builder response = ConfirmResponse.newBuilder();
        switch (control.confirm(request.getHash(), Messages.who(request.getWho()))) {
            case PolicyAnswer.Done done -> response.setActive(Messages.policy(done.now()));
            case PolicyAnswer.Problems problems -> response.setRefusal(unusable(problems));
            case PolicyAnswer.Refused refused -> response.setRefusal(Messages.refusal(refused));
        }
        return response.build();
    }

    RollBackResponse rollBack(RollBackRequest request) {
        RollBackResponse.Builder response = RollBackResponse.newBuilder();
        PolicyInfo before = Messages.policy(control.pending().orElseGet(control::active));
        switch (control.rollBack(Messages.who(request.getWho()))) {
            case PolicyAnswer.Done done -> response.setActive(Messages.policy(done.now())).setTakenBack(before);
            case PolicyAnswer.Problems problems -> response.setRefusal(unusable(problems));
            case PolicyAnswer.Refused refused -> response.setRefusal(Messages.refusal(refused));
        }
        return response.build();
    }

    private static Refusal unusable(PolicyAnswer.Problems problems) {
        return Messages.refusal(Refusal.Code.POLICY_UNUSABLE,
                "the policy before does not fit this version of Sluice, or"
                        + " its settings, any more: " + problems.problems().getFirst());
    }

    GetPolicyResponse get(GetPolicyRequest request) {
        Optional<JudgingPolicy> judging = switch (request.getWhichCase()) {
            case PENDING -> control.pending();
            case ACTIVE, WHICH_NOT_SET -> Optional.of(control.active());
            case HASH -> List.of(control.pending(), Optional.of(control.active())).stream().flatMap(Optional::stream)
                    .filter(p -> p.policy().hash().equals(request.getHash())).findFirst();
        };
        if (judging.isPresent()) {
            return GetPolicyResponse.newBuilder().setYaml(judging.get().policy().yaml())
                    .setPolicy(Messages.policy(judging.get())).build();
        }
        return request.getWhichCase() == GetPolicyRequest.WhichCase.HASH
                ? kept(request.getHash())
                : GetPolicyResponse.newBuilder().setRefusal(Messages.refusal(Refusal.Code.NOTHING_PENDING,
                        "no policy is waiting to be confirmed")).build();
    }

    private GetPolicyResponse kept(String hash) {
        try {
            Optional<String> yaml = control.text(hash);
            if (yaml.isPresent()) {
                PolicyInfo.Builder info = PolicyInfo.newBuilder().setHash(hash);
                control.history().stream().filter(c -> c.hash().equals(hash)).findFirst()
                        .ifPresent(c -> info.setName(c.name()).setWho(c.who()));
                return GetPolicyResponse.newBuilder().setYaml(yaml.get()).setPolicy(info).build();
            }
            return GetPolicyResponse.newBuilder().setRefusal(Messages.refusal(Refusal.Code.UNKNOWN_POLICY,
                    "no policy with this hash is kept here, or it is damaged")).build();
        } catch (IOException e) {
            return GetPolicyResponse.newBuilder().setRefusal(Messages.refusal(Refusal.Code.POLICY_UNUSABLE,
                    "the policy cannot be read: " + e.getMessage())).build();
        }
    }

    PolicyHistoryResponse history(PolicyHistoryRequest request) {
        int most = request.getMost() == 0 ? USUAL_HISTORY : request.getMost();
        try {
            return PolicyHistoryResponse.newBuilder()
                    .addAllChanges(control.history().stream().limit(most).map(PolicyCalls::change).toList()).build();
        } catch (IOException e) {
            throw Status.INTERNAL.withDescription("the history of policies cannot be read: " + e.getMessage())
                    .asRuntimeException();
        }
    }

    private static io.sluice.control.v1.PolicyChange change(PolicyChange change) {
        return io.sluice.control.v1.PolicyChange.newBuilder().setAtNanos(change.nanos()).setWho(change.who())
                .setHash(change.hash()).setName(change.name())
                .setWhy(io.sluice.control.v1.PolicyChange.Why.valueOf(change.why().name())).build();
    }
}
