package io.sluice.control;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.sluice.control.v1.ApplyPolicyRequest;
import io.sluice.control.v1.ApplyPolicyResponse;
import io.sluice.control.v1.ConfirmRequest;
import io.sluice.control.v1.ConfirmResponse;
import io.sluice.control.v1.ControlGrpc;
import io.sluice.control.v1.Event;
import io.sluice.control.v1.EventsRequest;
import io.sluice.control.v1.EventsResponse;
import io.sluice.control.v1.Problem;
import io.sluice.control.v1.StatusRequest;
import io.sluice.control.v1.StatusResponse;

/** Answers in ways that show what the transport did. */
final class EchoService extends ControlGrpc.ControlImplBase {
    /** The user who asks, in the field for the version. */
    @Override
    public void status(StatusRequest request, StreamObserver<StatusResponse> answer) {
        answer.onNext(StatusResponse.newBuilder().setVersion(Peer.user()).build());
        answer.onCompleted();
    }

    /** The length of the text, as a line. */
    @Override
    public void applyPolicy(ApplyPolicyRequest request, StreamObserver<ApplyPolicyResponse> answer) {
        answer.onNext(ApplyPolicyResponse.newBuilder()
                .addProblems(Problem.newBuilder().setLine(request.getYaml().length())).build());
        answer.onCompleted();
    }

    /** A bug, or a status, or silence: by the hash. */
    @Override
    public void confirm(ConfirmRequest request, StreamObserver<ConfirmResponse> answer) {
        switch (request.getHash()) {
            case "bug" -> throw new IllegalStateException("nobody thought of this");
            case "status" ->
                answer.onError(Status.INVALID_ARGUMENT.withDescription("a hash has 64 digits").asException());
            default -> { // no answer ever
            }
        }
    }

    /** A thousand events. */
    @Override
    public void events(EventsRequest request, StreamObserver<EventsResponse> answer) {
        for (int i = 0; i < 1000; i++) {
            answer.onNext(EventsResponse.newBuilder().setEvent(Event.newBuilder().setAtNanos(i)).build());
        }
        answer.onCompleted();
    }
}
