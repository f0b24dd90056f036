package io.sluice.control;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.attribute.GroupPrincipal;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Serves the control API on a Unix domain socket, without native libraries, to those whom {@link PeerRules} allows. */
public final class ControlServer implements AutoCloseable {
    /** Largest request or answer: a policy, with room around it. */
    static final int MOST_BYTES = 17 << 20;
    private static final int CALL_THREADS = 2;
    private static final int CLOSING_SECONDS = 2;
    /** So soon after it was made, members of the group may connect. */
    private static final int LOOK_SECONDS = 2;

    private final SocketFile file;
    private final PeerRules rules;
    private final Consumer<String> report;
    private final LongAdder refused = new LongAdder();
    private final EventLoopGroup loops = Transport.loops("control-io");
    private final ExecutorService calls = Executors.newFixedThreadPool(CALL_THREADS,
            Thread.ofPlatform().name("control-call-", 0).daemon().factory());
    private final Server server;
    private final String group;
    private Optional<GroupPrincipal> shared = Optional.empty();
    private boolean closed;

    private ControlServer(ControlSocket socket, PeerRules rules, BindableService service, Consumer<String> report)
            throws ControlException {
        this.report = report;
        this.rules = rules;
        group = socket.group();
        file = new SocketFile(socket.path());
        server = NettyServerBuilder.forAddress(UnixDomainSocketAddress.of(file.prepare()))
                .channelFactory(() -> PeerGate.listen(rules, this::refuse))
                .protocolNegotiator(new PeerNegotiator())
                .bossEventLoopGroup(loops).workerEventLoopGroup(loops).executor(calls)
                .maxInboundMessageSize(MOST_BYTES)
                .intercept(new Faults(report)).intercept(Peer.interceptor())
                .addService(service).build();
    }

    /**
     * Starts to serve.
     *
     * @param report hears sentences for the operator: who was not let in, what went wrong
     * @throws ControlException the socket cannot be made, or Sluice is running already
     */
    public static ControlServer start(ControlSocket socket, BindableService service, Consumer<String> report)
            throws ControlException {
        try {
            return start(socket, new PeerRules(socket.group(), PeerRules.GROUPS), service, report);
        } catch (IOException e) {
            throw new ControlException("users and groups of this system cannot be read: " + e.getMessage());
        }
    }

    /** The same with other rules. */
    static ControlServer start(ControlSocket socket, PeerRules rules, BindableService service, Consumer<String> report)
            throws ControlException {
        Transport.quiet();
        ControlServer control = new ControlServer(socket, rules, service, report);
        control.listen(socket);
        return control;
    }

    private void listen(ControlSocket socket) throws ControlException {
        try {
            server.start();
            if (rules.group().isEmpty()) {
                report.accept("there is no group `" + socket.group()
                        + "`, so only root and the user of this process may"
                        + " give orders; make it by `groupadd --system " + socket.group() + "`");
            }
            shared = rules.group();
            file.publish(shared);
            var _ = loops.next().scheduleWithFixedDelay(() -> calls.execute(this::follow), LOOK_SECONDS, LOOK_SECONDS,
                    TimeUnit.SECONDS);
        } catch (IOException e) {
            close();
            throw new ControlException("nobody can listen at `" + socket.path() + "`: " + e.getMessage());
        } catch (ControlException e) {
            close();
            throw e;
        }
    }

    /** Groups are made, and deleted, while the firewall runs. Not on the thread of the connections: a lookup may take long. */
    private synchronized void follow() {
        Optional<GroupPrincipal> now = rules.look();
        if (closed || now.equals(shared)) {
            return;
        }
        shared = now;
        try {
            file.share(now);
            report.accept(now.isPresent()
                    ? "the group `" + group + "` is there now: its members may give orders"
                    : "there is no group `" + group + "` any more, so only root and the user of this process may give"
                            + " orders");
        } catch (ControlException e) {
            report.accept(e.sentence());
        }
    }

    private synchronized void followNoMore() {
        closed = true;
    }

    private void refuse(String user) {
        refused.increment();
        report.accept("user `" + user + "` tried to connect to the control socket and was refused");
    }

    /** How many connections were refused because of who made them. */
    public long refusedPeers() {
        return refused.sum();
    }

    /** Stops to listen at once, gives running calls a moment to end, and takes the socket's file away. */
    @Override
    public void close() {
        followNoMore();
        file.remove();
        server.shutdown();
        try {
            if (!server.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                server.shutdownNow();
                server.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        Transport.end(loops);
        calls.shutdown();
    }
}
