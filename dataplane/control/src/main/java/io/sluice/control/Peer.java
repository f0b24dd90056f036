package io.sluice.control;

import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/** Who is at the other end of a connection, as the kernel says. */
public final class Peer {
    /** Of a connection. */
    static final Attributes.Key<String> OF_CONNECTION = Attributes.Key.create("io.sluice.control.peer");
    private static final Context.Key<String> OF_CALL = Context.keyWithDefault("io.sluice.control.peer", "?");

    private Peer() {}

    /** The user who makes the call that this thread serves; a name, or a number where the system knows no name. */
    public static String user() {
        return OF_CALL.get();
    }

    /** Carries the user from the connection to the calls that come over it. */
    static ServerInterceptor interceptor() {
        return new ServerInterceptor() {
            @Override
            public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
                    ServerCallHandler<Q, A> next) {
                String user = call.getAttributes().get(OF_CONNECTION);
                Context context = Context.current().withValue(OF_CALL, user == null ? "?" : user);
                return Contexts.interceptCall(context, call, headers, next);
            }
        };
    }
}
