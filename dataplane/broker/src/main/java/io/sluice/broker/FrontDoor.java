package io.sluice.broker;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.jspecify.annotations.Nullable;

/**
 * Keeps strangers few: how many connections may come from one address in a minute, and how many may stand before they have
 * proved who they are. Whoever is too much is closed before a byte is read.
 */
final class FrontDoor implements SessionListener {
    /** Addresses whose visits are counted at once; the one not seen for longest is forgotten. */
    private static final int ADDRESSES = 16_384;
    private static final long MINUTE = 60_000_000_000L;
    private static final AttributeKey<InetAddress> STRANGER = new AttributeKey<>();

    private final GatewayLimits limits;
    private final Map<InetAddress, Visits> visits = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Visits> eldest) {
            return size() > ADDRESSES;
        }
    };
    private final Map<InetAddress, Integer> strangers = new HashMap<>();
    private int unauthenticated;
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong limited = new AtomicLong();

    /** A bucket of permitted visits that fills up within a minute. */
    private static final class Visits {
        double left;
        long at;
    }

    FrontDoor(GatewayLimits limits) {
        this.limits = limits;
    }

    long accepted() {
        return accepted.get();
    }

    long limited() {
        return limited.get();
    }

    synchronized int unauthenticated() {
        return unauthenticated;
    }

    private synchronized boolean admits(InetAddress from, long now) {
        Visits seen = visits.computeIfAbsent(from, _ -> {
            Visits first = new Visits();
            first.left = limits.attemptsPerMinute();
            first.at = now;
            return first;
        });
        seen.left = Math.min(limits.attemptsPerMinute(),
                seen.left + (now - seen.at) * (double) limits.attemptsPerMinute() / MINUTE);
        seen.at = now;
        if (seen.left < 1 || unauthenticated >= limits.unauthenticated()
                || strangers.getOrDefault(from, 0) >= limits.unauthenticatedPerAddress()) {
            return false;
        }
        seen.left--;
        return true;
    }

    @Override
    public void sessionEstablished(Session session) {
        InetAddress from = address(session.getIoSession().getRemoteAddress());
        if (!admits(from, System.nanoTime())) {
            limited.incrementAndGet();
            // Not refused by the acceptor's own listener: what that one refuses, the library leaves open.
            session.getIoSession().close(true);
            return;
        }
        accepted.incrementAndGet();
        session.setAttribute(STRANGER, from);
        synchronized (this) {
            unauthenticated++;
            strangers.merge(from, 1, Integer::sum);
        }
    }

    @Override
    public void sessionEvent(Session session, Event event) {
        if (event == Event.Authenticated) {
            isStrangerNoMore(session);
        }
    }

    @Override
    public void sessionClosed(Session session) {
        isStrangerNoMore(session);
    }

    private void isStrangerNoMore(Session session) {
        InetAddress from = session.removeAttribute(STRANGER);
        if (from != null) {
            synchronized (this) {
                unauthenticated--;
                int others = strangers.getOrDefault(from, 1) - 1;
                if (others > 0) {
                    strangers.put(from, others);
                } else {
                    strangers.remove(from);
                }
            }
        }
    }

    static InetAddress address(@Nullable SocketAddress remote) {
        return remote instanceof InetSocketAddress ip && ip.getAddress() != null
                ? ip.getAddress()
                : InetAddress.getLoopbackAddress();
    }
}
