package io.sluice.inline.metrics;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.ThreadMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/** What the JVM may do to packets on their way: what packet threads make it collect, and how long it once stood still. */
final class Interference implements AutoCloseable {
    /** Packet threads are called so; see {@code io.sluice.inline.pipeline}. */
    private static final String RECEIVING = "sluice-receive";
    private static final String JUDGING = "sluice-judge-";

    private final AtomicLong longestMillis = new AtomicLong();
    private final NotificationListener listener = this::collected;
    private final List<NotificationEmitter> emitters = new ArrayList<>();

    Interference() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener(listener, null, null);
                emitters.add(emitter);
            }
        }
    }

    private void collected(Notification notification, Object handback) {
        if (notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)
                && notification.getUserData() instanceof CompositeData data) {
            long millis = GarbageCollectionNotificationInfo.from(data).getGcInfo().getDuration();
            longestMillis.accumulateAndGet(millis, Math::max);
        }
    }

    /** The longest collection so far; the collector in use stops everything while it works. */
    double longestPauseSeconds() {
        return longestMillis.get() / 1000.0;
    }

    /** Bytes that packet threads have allocated since they started: nothing is, for a packet. */
    long allocatedByPacketThreads() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = 0;
        // Without stacks: to ask for those would stop the threads that are asked about.
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && (thread.getThreadName().equals(RECEIVING)
                    || thread.getThreadName().startsWith(JUDGING))) {
                sum += threads.getThreadAllocatedBytes(thread.getThreadId());
            }
        }
        return sum;
    }

    @Override
    public void close() {
        for (NotificationEmitter emitter : emitters) {
            try {
                emitter.removeNotificationListener(listener);
            } catch (ListenerNotFoundException gone) {
                // nothing is left to be done
            }
        }
    }
}
