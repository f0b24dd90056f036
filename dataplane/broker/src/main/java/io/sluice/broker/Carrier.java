package io.sluice.broker;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.sluice.broker.opcua.Discovery;
import io.sluice.broker.opcua.Outcomes;
import io.sluice.broker.opcua.Room;
import io.sluice.engine.EngineLimits;
import io.sluice.engine.EngineListener;
import io.sluice.engine.Grants.Endpoint;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Relay;
import io.sluice.engine.RelayedConnection;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.Service;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that carries all connections and judges what they carry. Everything of a {@link Crossing} happens on it, so
 * that there is nothing to lock.
 */
final class Carrier implements EngineListener, Relay.Target, AutoCloseable {
    /** Bytes given to the relay in one go. */
    static final int GULP = 65_536;
    /** Of incomplete messages, for all connections together. */
    private static final long RELAYED_BYTES = 64L << 20;
    private static final int METERED = 4096;
    /** Of answers that name endpoints and are not complete, for all connections together. */
    private static final long DISCOVERY_BYTES = 16L << 20;
    /** The protocol whose servers say how they are reached. */
    private static final String NAMES_ENDPOINTS = "opcua";

    private final GatewayLimits limits;
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1,
            new DefaultThreadFactory("sluice-broker", true), NioIoHandler.newFactory());
    final EventLoop loop = group.next();
    private final Arena arena = Arena.ofShared();
    private final MemorySegment gulp = arena.allocate(GULP, 64);
    private final ByteBuffer view = gulp.asByteBuffer();
    private final Room room = new Room(DISCOVERY_BYTES);
    private final Outcomes discovered = new Outcomes();
    private @Nullable Relay relay;
    private @Nullable Crossing current;

    Carrier(GatewayLimits limits) {
        this.limits = limits;
    }

    /** A socket to a device, bound to a jump address and a port that the kernel chose; on any thread. */
    ChannelFuture socket(InetAddress source, ChannelInboundHandler handler) {
        ChannelFuture registered = new Bootstrap().group(loop).channel(NioSocketChannel.class).handler(handler)
                .option(ChannelOption.AUTO_READ, false).option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(512, 4096, GULP / 2).maxMessagesPerRead(1))
                .option(ChannelOption.TCP_NODELAY, true).option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) limits.connect().toMillis())
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(limits.window() / 2, limits.window()))
                .register();
        return registered.channel().bind(new InetSocketAddress(source, 0));
    }

    /** A connection under its rules, or null where they do not permit it. */
    @Nullable
    RelayedConnection open(Door door, InetSocketAddress source, Judging judging) {
        now();
        return relay(judging.policy()).open(judging.grant(), judging.policy().zoneNamed(door.zone()), endpoint(source),
                endpoint(door.device()));
    }

    boolean amend(RelayedConnection connection, Door door, Judging judging) {
        now();
        return relay(judging.policy()).amend(connection, judging.grant(), judging.policy().zoneNamed(door.zone()));
    }

    /** What puts right how a device says that it is reached; null where its protocol does not say it. */
    @Nullable
    Discovery discovery(Door door, RelayedConnection connection) {
        Service service = connection.flow().service();
        return service != null && service.protocol().name().equals(NAMES_ENDPOINTS)
                ? new Discovery(door.device(), door.name(), room, discovered)
                : null;
    }

    /** What became of answers that name endpoints; on any thread. */
    Outcomes discovered() {
        return discovered;
    }

    void close(RelayedConnection connection) {
        if (relay != null) {
            relay.close(connection);
        }
    }

    /** Judges what the client sent; false when the connection is over. */
    boolean fromClient(Crossing crossing, byte[] bytes) {
        boolean goesOn = true;
        for (int at = 0; at < bytes.length && goesOn;) {
            int length = Math.min(GULP, bytes.length - at);
            view.clear().put(bytes, at, length);
            goesOn = take(crossing, true, length);
            at += length;
        }
        return goesOn;
    }

    /** Judges what the device sent. */
    boolean fromDevice(Crossing crossing, ByteBuf bytes) {
        boolean goesOn = true;
        while (bytes.isReadable() && goesOn) {
            int length = Math.min(GULP, bytes.readableBytes());
            bytes.readBytes(view.clear().limit(length));
            goesOn = take(crossing, false, length);
        }
        return goesOn;
    }

    private boolean take(Crossing crossing, boolean fromClient, int length) {
        now();
        current = crossing;
        try {
            return relay != null && relay.take(crossing.relayed, fromClient, gulp, 0, length, this);
        } finally {
            current = null;
        }
    }

    @Override
    public void pass(boolean toServer, MemorySegment bytes, long at, int length) {
        Crossing crossing = current;
        if (crossing != null) {
            crossing.passes(toServer, bytes, at, length);
        }
    }

    @Override
    public void refuse(MemorySegment bytes, long at, int length) {
        Crossing crossing = current;
        if (crossing != null) {
            crossing.answers(bytes, at, length);
        }
    }

    @Override
    public void message(MessageEvent event) {
        Crossing crossing = current;
        if (crossing != null) {
            crossing.judged(event);
        }
    }

    private void now() {
        if (relay != null) {
            relay.time(System.nanoTime(), System.currentTimeMillis() * 1_000_000L);
        }
    }

    private Relay relay(CompiledPolicy policy) {
        Relay made = relay;
        if (made == null) {
            EngineLimits all = EngineLimits.DEFAULT;
            made = new Relay(policy,
                    new EngineLimits(1, all.streamBytes(), RELAYED_BYTES, 1, METERED, all.embryonicNanos(),
                            all.idleNanos(), all.closedNanos(), all.datagramNanos(), all.fragmentNanos(),
                            all.holdNanos()),
                    this, Arena.ofShared());
            relay = made;
            now();
        }
        return made;
    }

    private static Endpoint endpoint(InetSocketAddress end) {
        ByteBuffer bytes = ByteBuffer.wrap(end.getAddress().getAddress()).order(ByteOrder.BIG_ENDIAN);
        if (bytes.remaining() == Integer.BYTES) {
            return new Endpoint(0, 0xFFFF_0000_0000L | Integer.toUnsignedLong(bytes.getInt()), end.getPort());
        }
        return new Endpoint(bytes.getLong(), bytes.getLong(), end.getPort());
    }

    /** Stops the thread; what it still carries is dropped. */
    @Override
    public void close() {
        boolean ended = group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
        if (ended) {
            if (relay != null) {
                relay.close();
            }
            arena.close();
        }
    }
}
