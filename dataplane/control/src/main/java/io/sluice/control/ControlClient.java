package io.sluice.control;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.sluice.control.v1.ControlGrpc;
import io.sluice.control.v1.ControlGrpc.ControlBlockingStub;
import io.sluice.control.v1.EventsRequest;
import io.sluice.control.v1.EventsResponse;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** Speaks to a running Sluice. What goes wrong ends in a sentence. Threads may share one. */
public final class ControlClient implements AutoCloseable {
    /** Enough for all calls but those that compile a large policy. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path socket;
    private final EventLoopGroup loops;
    private final ManagedChannel channel;

    private ControlClient(Path socket) {
        this.socket = socket;
        loops = Transport.loops("control-client");
        channel = NettyChannelBuilder.forAddress(UnixDomainSocketAddress.of(socket))
                .channelType(NioDomainSocketChannel.class, UnixDomainSocketAddress.class)
                .eventLoopGroup(loops)
                .overrideAuthority("localhost")
                .usePlaintext()
                .maxInboundMessageSize(ControlServer.MOST_BYTES)
                .build();
    }

    /** Connects. Throws where nobody answers, or where this user is not let in. */
    public static ControlClient open(Path socket) throws ControlException {
        return open(socket, note -> {
        });
    }

    /**
     * The same for somebody who looks on.
     *
     * @param notes hears a sentence about what is waited for, if the server takes longer than a moment to say its first word
     */
    public static ControlClient open(Path socket, Consumer<String> notes) throws ControlException {
        Transport.quiet();
        FirstContact.make(socket.toAbsolutePath(), FirstContact.PATIENCE, notes);
        return new ControlClient(socket.toAbsolutePath());
    }

    /** Makes one call: {@code client.call(c -> c.confirm(request))}. */
    public <A> A call(Function<ControlBlockingStub, A> call) throws ControlException {
        return call(PATIENCE, call);
    }

    /** The same with another time to wait for the answer. */
    public <A> A call(Duration patience, Function<ControlBlockingStub, A> call) throws ControlException {
        try {
            return call.apply(ControlGrpc.newBlockingStub(channel).withDeadlineAfter(patience.toNanos(),
                    TimeUnit.NANOSECONDS));
        } catch (StatusRuntimeException e) {
            throw new ControlException(sentence(e.getStatus(), patience));
        }
    }

    /** Listens to events until {@code wantsMore} says no, Sluice stops, or this client is closed. */
    public void events(EventsRequest filter, Predicate<EventsResponse> wantsMore) throws ControlException {
        try {
            Iterator<EventsResponse> events = ControlGrpc.newBlockingStub(channel).events(filter);
            boolean more = true;
            while (more && events.hasNext()) {
                more = wantsMore.test(events.next());
            }
        } catch (StatusRuntimeException e) {
            if (!channel.isShutdown()) {
                throw new ControlException(sentence(e.getStatus(), PATIENCE));
            }
        }
    }

    private String sentence(Status status, Duration patience) {
        String description = status.getDescription() == null ? "" : status.getDescription();
        return switch (status.getCode()) {
            case DEADLINE_EXCEEDED -> "Sluice at `" + socket + "` did not answer within " + patience.toSeconds()
                    + " s; look at its log, and try again";
            case UNAVAILABLE -> "Sluice at `" + socket + "` went away during the call; is it stopping? Try again";
            case UNIMPLEMENTED ->
                "the Sluice that runs here is older than this command and does not know it; restart it";
            case RESOURCE_EXHAUSTED, INVALID_ARGUMENT, INTERNAL, CANCELLED, UNKNOWN, NOT_FOUND, ALREADY_EXISTS,
                    PERMISSION_DENIED, FAILED_PRECONDITION, ABORTED, OUT_OF_RANGE, DATA_LOSS, UNAUTHENTICATED, OK ->
                "Sluice at `" + socket + "` refused the call: "
                        + (description.isEmpty() ? status.getCode() : description);
        };
    }

    @Override
    public void close() {
        channel.shutdownNow();
        Transport.end(loops);
    }
}
