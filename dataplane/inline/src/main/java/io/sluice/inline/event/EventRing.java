package io.sluice.inline.event;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.YieldingWaitStrategy;
import io.sluice.dissect.Protocol;
import io.sluice.dissect.Session;
import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Disruptor from one packet thread to the thread that reads events. Whoever is slow loses events, never packets. */
public final class EventRing implements AutoCloseable {
    private static final VarHandle LOST = lostHandle();

    private final Arena arena = Arena.ofShared();
    private final RingBuffer<Event> ring;
    private final EventPoller<Event> poller;
    private long claimed = -1;
    @SuppressWarnings("UnusedVariable") // read through its handle
    private long lost;

    /** @param slots a power of two */
    public EventRing(int slots) {
        // Nobody waits on this strategy: the reader polls, so that publishing never has to wake a thread.
        Map<Protocol, Session> sessions = new HashMap<>();
        ring = RingBuffer.createSingleProducer(() -> new Event(arena, sessions), slots, new YieldingWaitStrategy());
        poller = ring.newPoller();
        ring.addGatingSequences(poller.getSequence());
    }

    /** The next free slot, to be filled and then published; null when there is none: the event is lost and counted. */
    @Nullable
    Event claim() {
        if (!ring.hasAvailableCapacity(1)) {
            LOST.setOpaque(this, (long) LOST.getOpaque(this) + 1);
            return null;
        }
        claimed = ring.next();
        return ring.get(claimed);
    }

    void publish() {
        ring.publish(claimed);
    }

    /** Hands what waits to the handler, on the caller's thread; whether there was anything. */
    boolean poll(EventPoller.Handler<Event> handler) throws Exception {
        return poller.poll(handler) == EventPoller.PollState.PROCESSING;
    }

    /** Events that found no room. */
    public long lost() {
        return (long) LOST.getOpaque(this);
    }

    /** Events put into it. */
    public long published() {
        return ring.getCursor() + 1;
    }

    /** Slots that wait to be read. */
    public long taken() {
        return ring.getBufferSize() - ring.remainingCapacity();
    }

    public int size() {
        return ring.getBufferSize();
    }

    private static VarHandle lostHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(EventRing.class, "lost", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
