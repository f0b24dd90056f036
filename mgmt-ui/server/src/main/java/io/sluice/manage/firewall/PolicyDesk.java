package io.sluice.manage.firewall;

import io.sluice.control.v1.ApplyPolicyRequest;
import io.sluice.control.v1.ApplyPolicyResponse;
import io.sluice.control.v1.ConfirmRequest;
import io.sluice.control.v1.GetPolicyRequest;
import io.sluice.control.v1.GetPolicyResponse;
import io.sluice.control.v1.PolicyChange;
import io.sluice.control.v1.PolicyHistoryRequest;
import io.sluice.control.v1.PolicyInfo;
import io.sluice.control.v1.Refusal;
import io.sluice.control.v1.RollBackRequest;
import io.sluice.control.v1.StatusRequest;
import io.sluice.control.v1.StatusResponse;
import io.sluice.manage.Refused;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The firewall's policies, as people read and change them. What is compiled once is kept for the next question; the firewall
 * itself decides what holds.
 */
public final class PolicyDesk {
    /** Compiling the largest policies takes seconds. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int MOST_KEPT = 4;
    private static final int MOST_HISTORY = 200;

    private final FirewallLink firewall;
    private final Map<String, PolicyText.Sound> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PolicyText.Sound> eldest) {
            return size() > MOST_KEPT;
        }
    };

    public PolicyDesk(FirewallLink firewall) {
        this.firewall = firewall;
    }

    /** The policy that judges now, on trial or not. */
    public PolicyText.Sound judging() throws Refused {
        StatusResponse status = firewall.ask(c -> c.status(StatusRequest.getDefaultInstance()));
        return byHash(status.hasPending() ? status.getPending().getHash() : status.getActive().getHash());
    }

    /** A policy that was in force at some time. */
    public PolicyText.Sound byHash(String hash) throws Refused {
        synchronized (kept) {
            PolicyText.Sound known = kept.get(hash);
            if (known != null) {
                return known;
            }
        }
        PolicyText.Sound sound = PolicyText.require(get(hash).getYaml());
        synchronized (kept) {
            kept.put(hash, sound);
        }
        return sound;
    }

    /**
     * The text of a policy.
     *
     * @param which {@code active}, {@code pending}, or a hash
     */
    public GetPolicyResponse get(String which) throws Refused {
        GetPolicyRequest.Builder request = GetPolicyRequest.newBuilder();
        switch (which) {
            case "active" -> request.setActive(GetPolicyRequest.Active.getDefaultInstance());
            case "pending" -> request.setPending(GetPolicyRequest.Pending.getDefaultInstance());
            default -> request.setHash(which);
        }
        GetPolicyResponse answer = firewall.ask(c -> c.getPolicy(request.build()));
        if (answer.hasRefusal()) {
            throw refused(answer.getRefusal(), 404);
        }
        return answer;
    }

    public List<PolicyChange> history() throws Refused {
        return firewall.ask(c -> c.policyHistory(PolicyHistoryRequest.newBuilder().setMost(MOST_HISTORY).build()))
                .getChangesList();
    }

    /** What the firewall itself says of a draft: also whether it fits the ports there. Nothing changes. */
    public List<io.sluice.control.v1.Problem> check(String yaml) throws Refused {
        return firewall.ask(PATIENCE, c -> c.applyPolicy(ApplyPolicyRequest.newBuilder().setYaml(yaml)
                .setFileName(PolicyText.FILE).setOnlyCheck(true).build())).getProblemsList();
    }

    /** Puts it on trial. With problems nothing changes. */
    public ApplyPolicyResponse apply(String yaml, int confirmWithinSeconds, String who) throws Refused {
        ApplyPolicyResponse answer = firewall.ask(PATIENCE, c -> c.applyPolicy(ApplyPolicyRequest.newBuilder()
                .setYaml(yaml).setFileName(PolicyText.FILE).setConfirmWithinSeconds(confirmWithinSeconds).setWho(who)
                .build()));
        if (answer.hasRefusal()) {
            throw refused(answer.getRefusal(), 409);
        }
        return answer;
    }

    public PolicyInfo confirm(String hash, String who) throws Refused {
        var answer = firewall.ask(c -> c.confirm(ConfirmRequest.newBuilder().setHash(hash).setWho(who).build()));
        if (answer.hasRefusal()) {
            throw refused(answer.getRefusal(), 409);
        }
        return answer.getActive();
    }

    public PolicyInfo rollBack(String who) throws Refused {
        var answer = firewall.ask(c -> c.rollBack(RollBackRequest.newBuilder().setWho(who).build()));
        if (answer.hasRefusal()) {
            throw refused(answer.getRefusal(), 409);
        }
        return answer.getActive();
    }

    private static Refused refused(Refusal refusal, int status) {
        return Refused.of(status, refusal.getCode().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                refusal.getSentence());
    }
}
