package io.sluice.control;

import io.grpc.Attributes;
import io.grpc.netty.GrpcHttp2ConnectionHandler;
import io.grpc.netty.InternalProtocolNegotiationEvent;
import io.grpc.netty.InternalProtocolNegotiator;
import io.grpc.netty.InternalProtocolNegotiators;
import io.grpc.netty.ProtocolNegotiationEvent;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AsciiString;

/**
 * Starts gRPC on a connection as it is, without TLS, and tells it who is at the other end. gRPC has no public way to do the
 * second: its {@code Internal…} classes are for the pinned version, and {@code ControlServerTest} notices a change.
 */
final class PeerNegotiator implements InternalProtocolNegotiator.ProtocolNegotiator {
    @Override
    public AsciiString scheme() {
        return AsciiString.of("http");
    }

    @Override
    public ChannelHandler newHandler(GrpcHttp2ConnectionHandler grpc) {
        ChannelHandler start = InternalProtocolNegotiators.grpcNegotiationHandler(grpc);
        return InternalProtocolNegotiators.waitUntilActiveHandler(new AddPeer(start), grpc.getNegotiationLogger());
    }

    @Override
    public void close() {}

    private static final class AddPeer extends ChannelInboundHandlerAdapter {
        private final ChannelHandler next;

        AddPeer(ChannelHandler next) {
            this.next = next;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof ProtocolNegotiationEvent negotiation) {
                Attributes attributes = InternalProtocolNegotiationEvent.getAttributes(negotiation).toBuilder()
                        .set(Peer.OF_CONNECTION, context.channel().attr(PeerGate.USER).get()).build();
                context.pipeline().addAfter(context.name(), null, next);
                context.fireUserEventTriggered(
                        InternalProtocolNegotiationEvent.withAttributes(negotiation, attributes));
                context.pipeline().remove(this);
            } else {
                context.fireUserEventTriggered(event);
            }
        }
    }
}
