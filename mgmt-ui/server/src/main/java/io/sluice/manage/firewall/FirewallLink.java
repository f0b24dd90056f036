package io.sluice.manage.firewall;

import io.sluice.control.ControlClient;
import io.sluice.control.ControlException;
import io.sluice.control.v1.ControlGrpc.ControlBlockingStub;
import io.sluice.manage.Refused;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The control socket of a firewall that may be stopped, started and replaced at any time. Threads may share one. */
public final class FirewallLink implements AutoCloseable {
    private final Path socket;
    private @Nullable ControlClient client;
    private boolean closed;

    public FirewallLink(Path socket) {
        this.socket = socket;
    }

    /** Makes one call; a firewall that was restarted is met with a new connection. */
    public <A> A call(Function<ControlBlockingStub, A> call) throws ControlException {
        return call(ControlClient.PATIENCE, call);
    }

    public <A> A call(Duration patience, Function<ControlBlockingStub, A> call) throws ControlException {
        ControlClient now = client();
        try {
            return now.call(patience, call);
        } catch (ControlException e) {
            drop(now);
            throw e;
        }
    }

    /** The same for a request of a person. */
    public <A> A ask(Duration patience, Function<ControlBlockingStub, A> call) throws Refused {
        try {
            return call(patience, call);
        } catch (ControlException e) {
            throw Refused.unavailable("firewall-unreachable", e.sentence());
        }
    }

    public <A> A ask(Function<ControlBlockingStub, A> call) throws Refused {
        return ask(ControlClient.PATIENCE, call);
    }

    /** A connection of one's own, for streams; the caller closes it. */
    ControlClient open() throws ControlException {
        return ControlClient.open(socket);
    }

    public Path socket() {
        return socket;
    }

    private synchronized ControlClient client() throws ControlException {
        if (closed) {
            throw new ControlException("the management server is stopping");
        }
        ControlClient now = client;
        if (now == null) {
            now = ControlClient.open(socket);
            client = now;
        }
        return now;
    }

    private synchronized void drop(ControlClient failed) {
        if (client == failed) {
            client = null;
        }
        failed.close();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            client.close();
            client = null;
        }
    }
}
