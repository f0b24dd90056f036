package io.sluice.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which thread does what becomes of the library's sockets. */
class SocketThreadsTest {
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final SocketThreads threads = new SocketThreads(1, loop);

    @AfterEach
    void stop() {
        threads.shutdownNow();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Test
    void onTheCarriersThreadItIsDoneThereAfterWhatIsBeingDone() throws Exception {
        List<String> order = new ArrayList<>();
        CompletableFuture<Boolean> there = new CompletableFuture<>();
        loop.execute(() -> {
            threads.execute(() -> {
                order.add("handed over");
                there.complete(loop.inEventLoop());
            });
            order.add("being done");
        });
        assertTrue(there.get(5, TimeUnit.SECONDS));
        assertEquals(List.of("being done", "handed over"), order);
    }

    @Test
    void onAnyOtherThreadItIsDoneByOneOfItsOwn() throws Exception {
        CompletableFuture<Thread> by = new CompletableFuture<>();
        threads.execute(() -> by.complete(Thread.currentThread()));
        Thread own = by.get(5, TimeUnit.SECONDS);
        assertTrue(own.getName().startsWith("sluice-broker-ssh-"), own::getName);
        assertTrue(own.isDaemon());
        assertFalse(loop.inEventLoop(own));
    }

    @Test
    void whileTheCarrierStopsItIsStillDone() throws Exception {
        CompletableFuture<String> by = new CompletableFuture<>();
        loop.execute(() -> {
            var _ = group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            loop.execute(() -> threads.execute(() -> by.complete(Thread.currentThread().getName())));
        });
        assertFalse(by.get(5, TimeUnit.SECONDS).isEmpty());
    }
}
