package io.sluice.inline.service;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.sluice.control.v1.AmendGrantRequest;
import io.sluice.control.v1.AmendGrantResponse;
import io.sluice.control.v1.AppendJournalRequest;
import io.sluice.control.v1.AppendJournalResponse;
import io.sluice.control.v1.ApplyPolicyRequest;
import io.sluice.control.v1.ApplyPolicyResponse;
import io.sluice.control.v1.BindFlowRequest;
import io.sluice.control.v1.BindFlowResponse;
import io.sluice.control.v1.ConfirmRequest;
import io.sluice.control.v1.ConfirmResponse;
import io.sluice.control.v1.ControlGrpc;
import io.sluice.control.v1.DrainRequest;
import io.sluice.control.v1.DrainResponse;
import io.sluice.control.v1.EventsRequest;
import io.sluice.control.v1.EventsResponse;
import io.sluice.control.v1.GetPolicyRequest;
import io.sluice.control.v1.GetPolicyResponse;
import io.sluice.control.v1.ListGrantsRequest;
import io.sluice.control.v1.ListGrantsResponse;
import io.sluice.control.v1.OpenGrantRequest;
import io.sluice.control.v1.OpenGrantResponse;
import io.sluice.control.v1.PolicyHistoryRequest;
import io.sluice.control.v1.PolicyHistoryResponse;
import io.sluice.control.v1.RevokeGrantRequest;
import io.sluice.control.v1.RevokeGrantResponse;
import io.sluice.control.v1.RollBackRequest;
import io.sluice.control.v1.RollBackResponse;
import io.sluice.control.v1.StatisticsRequest;
import io.sluice.control.v1.StatisticsResponse;
import io.sluice.control.v1.StatusRequest;
import io.sluice.control.v1.StatusResponse;
import io.sluice.inline.ManagementLog;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The calls of {@code control.proto}, each passed on to what it is about. */
final class ControlService extends ControlGrpc.ControlImplBase {
    private static final Pattern TYPE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final int MOST_FIELDS = 64;
    private static final int LONGEST_FIELD = 4096;
    private static final int LONGEST_DRAIN = 3600;

    private final PolicyCalls policies;
    private final GrantBook grants;
    private final EventStreams events;
    private final Rest rest;

    /**
     * What is left.
     *
     * @param text Prometheus' text
     * @param draining begins to end Sluice
     */
    record Rest(Supplier<StatusResponse> status, Supplier<String> text, ManagementLog journal, Draining draining) {}

    /** Ends Sluice in order. */
    @FunctionalInterface
    interface Draining {
        /** Returns at once; says how many flows are live. */
        long begin(int withinSeconds, String who);
    }

    ControlService(PolicyCalls policies, GrantBook grants, EventStreams events, Rest rest) {
        this.policies = policies;
        this.grants = grants;
        this.events = events;
        this.rest = rest;
    }

    @Override
    public void applyPolicy(ApplyPolicyRequest request, StreamObserver<ApplyPolicyResponse> caller) {
        answer(caller, policies.apply(request));
    }

    @Override
    public void confirm(ConfirmRequest request, StreamObserver<ConfirmResponse> caller) {
        answer(caller, policies.confirm(request));
    }

    @Override
    public void rollBack(RollBackRequest request, StreamObserver<RollBackResponse> caller) {
        answer(caller, policies.rollBack(request));
    }

    @Override
    public void getPolicy(GetPolicyRequest request, StreamObserver<GetPolicyResponse> caller) {
        answer(caller, policies.get(request));
    }

    @Override
    public void policyHistory(PolicyHistoryRequest request, StreamObserver<PolicyHistoryResponse> caller) {
        answer(caller, policies.history(request));
    }

    @Override
    public void status(StatusRequest request, StreamObserver<StatusResponse> caller) {
        answer(caller, rest.status().get());
    }

    @Override
    public void statistics(StatisticsRequest request, StreamObserver<StatisticsResponse> caller) {
        answer(caller, StatisticsResponse.newBuilder().setPrometheus(rest.text().get()).build());
    }

    @Override
    public void events(EventsRequest request, StreamObserver<EventsResponse> caller) {
        events.subscribe(request, (ServerCallStreamObserver<EventsResponse>) caller);
    }

    @Override
    public void openGrant(OpenGrantRequest request, StreamObserver<OpenGrantResponse> caller) {
        answer(caller, grants.open(request));
    }

    @Override
    public void amendGrant(AmendGrantRequest request, StreamObserver<AmendGrantResponse> caller) {
        answer(caller, grants.amend(request));
    }

    @Override
    public void revokeGrant(RevokeGrantRequest request, StreamObserver<RevokeGrantResponse> caller) {
        answer(caller, grants.revoke(request));
    }

    @Override
    public void listGrants(ListGrantsRequest request, StreamObserver<ListGrantsResponse> caller) {
        answer(caller, ListGrantsResponse.newBuilder().addAllGrants(grants.list()).build());
    }

    @Override
    public void bindFlow(BindFlowRequest request, StreamObserver<BindFlowResponse> caller) {
        answer(caller, grants.bind(request));
    }

    @Override
    public void appendJournal(AppendJournalRequest request, StreamObserver<AppendJournalResponse> caller) {
        boolean fits = TYPE.matcher(request.getType()).matches() && request.getFieldsCount() <= MOST_FIELDS
                && request.getFieldsMap().entrySet().stream()
                        .allMatch(e -> TYPE.matcher(e.getKey()).matches() && e.getValue().length() <= LONGEST_FIELD);
        if (!fits) {
            throw Status.INVALID_ARGUMENT.withDescription("type and names of fields are words of small letters, digits,"
                    + " `.`, `_` and `-`; at most " + MOST_FIELDS + " fields of " + LONGEST_FIELD + " characters")
                    .asRuntimeException();
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("person", request.getPerson());
        request.getFieldsMap().forEach(fields::putIfAbsent);
        fields.put("by", Messages.who(""));
        rest.journal().append(request.getType(), fields);
        answer(caller, AppendJournalResponse.getDefaultInstance());
    }

    @Override
    public void drain(DrainRequest request, StreamObserver<DrainResponse> caller) {
        if (request.getWithinSeconds() < 0 || request.getWithinSeconds() > LONGEST_DRAIN) {
            throw Status.INVALID_ARGUMENT.withDescription("the time to drain is 0 to " + LONGEST_DRAIN + " seconds")
                    .asRuntimeException();
        }
        long flows = rest.draining().begin(request.getWithinSeconds(), Messages.who(request.getWho()));
        answer(caller, DrainResponse.newBuilder().setFlows(flows).build());
    }

    private static <A> void answer(StreamObserver<A> caller, A answer) {
        caller.onNext(answer);
        caller.onCompleted();
    }
}
