package io.sluice.control;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.util.AttributeKey;
import java.util.function.Consumer;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.jspecify.annotations.Nullable;

/** Stands before the acceptor of connections, and closes those of strangers before a byte of theirs is read. */
final class PeerGate extends ChannelInboundHandlerAdapter {
    /** The user at the other end of a connection that was let in. */
    static final AttributeKey<String> USER = AttributeKey.valueOf("io.sluice.control.user");

    private final PeerRules rules;
    private final Consumer<String> refused;

    private PeerGate(PeerRules rules, Consumer<String> refused) {
        this.rules = rules;
        this.refused = refused;
    }

    /** @param refused hears the name of each user who was not let in, on the accepting thread */
    static ServerChannel listen(PeerRules rules, Consumer<String> refused) {
        NioServerDomainSocketChannel server = new NioServerDomainSocketChannel();
        server.pipeline().addLast(new PeerGate(rules, refused));
        return server;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        NioDomainSocketChannel connection = (NioDomainSocketChannel) accepted;
        UnixDomainPrincipal peer = peer(connection);
        if (rules.allows(peer)) {
            connection.attr(USER).set(name(peer));
            context.fireChannelRead(connection);
        } else {
            try {
                refused.accept(name(peer)); // counted by the time that the other end notices
            } finally {
                connection.unsafe().closeForcibly();
            }
        }
    }

    private static @Nullable UnixDomainPrincipal peer(NioDomainSocketChannel connection) {
        return connection.config().getOption(NioChannelOption.of(ExtendedSocketOptions.SO_PEERCRED));
    }

    private static String name(@Nullable UnixDomainPrincipal peer) {
        return peer == null ? "?" : peer.user().getName();
    }
}
