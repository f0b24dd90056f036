package io.sluice.broker;

import io.sluice.broker.opcua.Outcome;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactoryFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.session.ServerSession;

/** The listener. Closing it ends every session's connections. */
public final class Gateway implements AutoCloseable {
    private static final AttributeKey<Client> CLIENT = new AttributeKey<>();
    /** For those who are asked: what a password costs, or a call to the firewall, holds up nobody else. */
    private static final int WORKERS = 16;
    private static final int WAITING = 1024;
    private static final int LOOK_MILLIS = 100;

    private final GatewaySettings settings;
    private final HostKey key;
    private final FrontDoor front;
    private final Entrance entrance;
    private final Carrier carrier;
    private final SshServer server = SshServer.setUpDefaultServer();
    private final ThreadPoolExecutor workers;
    /** Everybody who is in; on the carrier's thread. */
    private final Set<Client> clients = new HashSet<>();
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicLong admitted = new AtomicLong();

    private Gateway(GatewaySettings settings, Doorkeeper doorkeeper, HostKey key) {
        this.settings = settings;
        this.key = key;
        front = new FrontDoor(settings.limits());
        carrier = new Carrier(settings.limits());
        AtomicInteger number = new AtomicInteger();
        workers = new ThreadPoolExecutor(WORKERS, WORKERS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING),
                task -> {
                    Thread thread = new Thread(task, "sluice-broker-worker-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        workers.allowCoreThreadTimeOut(true);
        entrance = new Entrance(doorkeeper, workers, this::enter);
    }

    /**
     * Starts to listen.
     *
     * @throws IOException with a sentence for people: the address cannot be had, or the key cannot be read or written
     */
    public static Gateway start(GatewaySettings settings, Doorkeeper doorkeeper) throws IOException {
        Gateway gateway = new Gateway(settings, doorkeeper, HostKey.of(settings.hostKey()));
        try {
            gateway.listen();
            return gateway;
        } catch (IOException e) {
            gateway.close();
            String why = e instanceof BindException || e.getMessage() == null
                    ? "it is in use, or not of this machine"
                    : e.getMessage();
            throw new IOException("the jump-session gateway cannot listen on "
                    + settings.listen().getAddress().getHostAddress() + ":" + settings.listen().getPort() + ": " + why,
                    e);
        }
    }

    private void listen() throws IOException {
        GatewayLimits limits = settings.limits();
        Algorithms.set(server);
        server.setHost(settings.listen().getAddress().getHostAddress());
        server.setPort(settings.listen().getPort());
        server.setKeyPairProvider(KeyPairProvider.wrap(key.pair()));
        entrance.guard(server);
        server.addSessionListener(front);
        server.addSessionListener(new SessionListener() {
            @Override
            public void sessionClosed(Session session) {
                leave(session);
            }
        });
        List<ChannelFactory> channels = new ArrayList<>(Refusing.channels(CLIENT));
        channels.add(new Tunnels(carrier));
        server.setChannelFactories(channels);
        server.setGlobalRequestHandlers(List.of(Refusing.requests(CLIENT)));
        server.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
        server.setSubsystemFactories(List.of());
        server.setIoServiceFactoryFactory(new Nio2ServiceFactoryFactory(
                () -> new SocketThreads(CoreModuleProperties.NIO_WORKERS.getRequired(server), carrier.loop)));
        CoreModuleProperties.SERVER_IDENTIFICATION.set(server, "Sluice");
        CoreModuleProperties.AUTH_TIMEOUT.set(server, limits.authentication());
        CoreModuleProperties.MAX_AUTH_REQUESTS.set(server, limits.attempts());
        // Sessions have an idle limit of their own, which counts what crosses and not what keeps SSH alive.
        CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ZERO);
        CoreModuleProperties.NIO2_READ_TIMEOUT.set(server, Duration.ZERO);
        CoreModuleProperties.WINDOW_SIZE.set(server, (long) limits.window());
        CoreModuleProperties.TCP_NODELAY.set(server, true);
        CoreModuleProperties.SOCKET_KEEPALIVE.set(server, true);
        CoreModuleProperties.SOCKET_REUSEADDR.set(server, true);
        CoreModuleProperties.CHANNEL_CLOSE_TIMEOUT.set(server, Duration.ofSeconds(2));
        CoreModuleProperties.DISCONNECT_TIMEOUT.set(server, Duration.ofSeconds(1));
        CoreModuleProperties.STOP_WAIT_TIME.set(server, Duration.ofSeconds(2));
        server.start();
        var _ = carrier.loop.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static final class Tunnels implements ChannelFactory {
        private final Carrier carrier;

        Tunnels(Carrier carrier) {
            this.carrier = carrier;
        }

        @Override
        public String getName() {
            return "direct-tcpip";
        }

        @Override
        public Channel createChannel(Session session) throws IOException {
            Client client = session.getAttribute(CLIENT);
            if (client == null) {
                throw new IOException("a channel before anybody entered");
            }
            return new Tunnel(client, carrier.loop);
        }
    }

    private boolean enter(ServerSession session, JumpSession jump, String method) {
        if (connected.incrementAndGet() > settings.limits().connections()) {
            connected.decrementAndGet();
            return false;
        }
        Client client = new Client(jump, session, method, this, carrier);
        session.setAttribute(CLIENT, client);
        if (!jump.connected(client)) {
            session.removeAttribute(CLIENT);
            connected.decrementAndGet();
            return false;
        }
        admitted.incrementAndGet();
        carrier.loop.execute(() -> clients.add(client));
        if (session.isClosing()) {
            leave(session); // it went while it was let in
        }
        return true;
    }

    private void leave(Session session) {
        Client client = session.removeAttribute(CLIENT);
        if (client != null) {
            connected.decrementAndGet();
            carrier.loop.execute(() -> {
                clients.remove(client);
                client.gone();
            });
        }
    }

    private void look() {
        long now = System.nanoTime();
        for (Client client : List.copyOf(clients)) {
            client.look(now, settings.limits().stall());
        }
    }

    /** Has something done that may take its time. */
    void work(Runnable task, Runnable tooMuch) {
        try {
            workers.execute(task);
        } catch (RejectedExecutionException e) {
            tooMuch.run();
        }
    }

    GatewayLimits limits() {
        return settings.limits();
    }

    GatewaySettings settings() {
        return settings;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return new InetSocketAddress(settings.listen().getAddress(), server.getPort());
    }

    /** Of its host key, as OpenSSH shows it: {@code SHA256:…}. */
    public String fingerprint() {
        return key.fingerprint();
    }

    /** Its host key as a line of {@code known_hosts} has it, without the host: {@code ssh-ed25519 AAAA…}. */
    public String hostKey() {
        return key.line();
    }

    public GatewayCounts counts() {
        return new GatewayCounts(front.accepted(), front.limited(), front.unauthenticated(), entrance.refused(),
                admitted.get(), connected.get(), carrier.discovered().of(Outcome.REWRITTEN),
                carrier.discovered().missed());
    }

    @Override
    public void close() {
        carrier.loop.execute(() -> List.copyOf(clients)
                .forEach(client -> client.end(Ending.GATEWAY, "the gateway stops")));
        try {
            server.stop(true);
        } catch (IOException e) {
            // it does not listen any more in either case
        }
        workers.shutdownNow();
        carrier.close();
    }
}
