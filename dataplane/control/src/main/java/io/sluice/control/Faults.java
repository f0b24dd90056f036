package io.sluice.control;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.function.Consumer;

/** A call that fails by a bug ends in a status and a sentence, and the bug is reported; the server goes on. */
final class Faults implements ServerInterceptor {
    private final Consumer<String> report;

    Faults(Consumer<String> report) {
        this.report = report;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
            ServerCallHandler<Q, A> next) {
        return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
            @Override
            public void onHalfClose() {
                try {
                    super.onHalfClose();
                } catch (StatusRuntimeException e) {
                    call.close(e.getStatus(), new Metadata());
                } catch (RuntimeException e) {
                    String what = "this is a bug in Sluice: " + call.getMethodDescriptor().getBareMethodName()
                            + " failed by " + e;
                    report.accept(what);
                    call.close(Status.INTERNAL.withDescription(what), new Metadata());
                }
            }
        };
    }
}
