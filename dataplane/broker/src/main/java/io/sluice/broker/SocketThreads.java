package io.sluice.broker;

import io.netty.channel.EventLoop;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.util.threads.SshThreadPoolExecutor;

/**
 * The library's threads for sockets. What becomes known on the carrier's thread, such as that an answer has been written, is
 * dealt with there a moment later: waking up another thread for it, which only wakes up the carrier's again, took longer than
 * judging and encrypting the answer.
 */
final class SocketThreads extends SshThreadPoolExecutor {
    private final EventLoop loop;

    SocketThreads(int threads, EventLoop loop) {
        super(threads, threads, 0, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), named(),
                new ThreadPoolExecutor.CallerRunsPolicy());
        this.loop = loop;
    }

    private static ThreadFactory named() {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "sluice-broker-ssh-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void execute(Runnable task) {
        if (loop.inEventLoop()) {
            try {
                loop.execute(task);
                return;
            } catch (RejectedExecutionException e) {
                // the carrier stops: the others do what is left
            }
        }
        super.execute(task);
    }
}
