package io.sluice.control;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What server and client share of Netty. */
final class Transport {
    /** Kept, since the log manager itself would forget what is set on them. */
    private static final Logger NETTY = Logger.getLogger("io.netty");
    private static final Logger GRPC = Logger.getLogger("io.grpc");

    private Transport() {}

    /** One thread, which ends with the process. */
    static EventLoopGroup loops(String name) {
        return new MultiThreadIoEventLoopGroup(1, Thread.ofPlatform().name(name).daemon().factory(),
                NioIoHandler.newFactory());
    }

    static void end(EventLoopGroup loops) {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }

    /** The libraries say on standard error what callers are told anyway, and what is normal on a Unix socket. */
    static void quiet() {
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
        NETTY.setLevel(Level.OFF);
        GRPC.setLevel(Level.OFF);
    }
}
