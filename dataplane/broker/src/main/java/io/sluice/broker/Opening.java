package io.sluice.broker;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.sluice.engine.RelayedConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.apache.sshd.common.SshConstants;

/**
 * The way to a {@link Crossing}: is the target one of the session, may it be reached now, a socket of the jump address, its
 * announcement to the firewall, and the device itself. The client waits until the device has answered.
 */
final class Opening {
    /** Source ports tried where the firewall knows the first for another connection's. */
    private static final int TRIES = 5;

    private final Client client;
    private final Tunnel tunnel;
    private final Carrier carrier;
    private final Gateway gateway;
    private final String host;
    private final int port;
    private int edition;
    private int tries;

    Opening(Client client, Tunnel tunnel, Carrier carrier, Gateway gateway, String host, int port) {
        this.client = client;
        this.tunnel = tunnel;
        this.carrier = carrier;
        this.gateway = gateway;
        this.host = host;
        this.port = port;
    }

    /** On a worker. */
    void begin() {
        try {
            Optional<Door> door = client.jump.door(host, port);
            if (door.isEmpty()) {
                fail("other-target", SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED,
                        "this session does not lead there");
                return;
            }
            edition = client.edition();
            Optional<Judging> judging = client.jump.judging(door.get());
            if (judging.isEmpty()) {
                fail("not-permitted", SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED,
                        "nothing is permitted there now");
                return;
            }
            socket(door.get(), judging.get());
        } catch (RuntimeException e) {
            fail("failed", SshConstants.SSH_OPEN_CONNECT_FAILED,
                    "the gateway could not find out whether this is permitted");
        }
    }

    /** A socket whose port the kernel chose, so that nobody else has it. */
    private void socket(Door door, Judging judging) {
        tries++;
        var _ = carrier.socket(door.source(), new Gate()).addListener(bound -> {
            Channel socket = ((ChannelFuture) bound).channel();
            if (bound.isSuccess()) {
                gateway.work(() -> announce(door, judging, socket), () -> {
                    var _ = socket.close();
                    tooMuch();
                });
            } else {
                var _ = socket.close();
                fail("not-reachable", SshConstants.SSH_OPEN_CONNECT_FAILED, "the gateway has no way to this device");
            }
        });
    }

    private void announce(Door door, Judging judging, Channel socket) {
        InetSocketAddress source = (InetSocketAddress) socket.localAddress();
        Binding binding;
        try {
            binding = client.jump.bind(door, source);
        } catch (RuntimeException e) {
            binding = new Binding.Refused("failed", "the firewall could not be told");
        }
        switch (binding) {
            case Binding.Bound _ -> carrier.loop.execute(() -> connect(door, judging, socket, source));
            case Binding.Taken taken -> {
                var _ = socket.close();
                if (tries < TRIES) {
                    socket(door, judging);
                } else {
                    fail("not-bound", SshConstants.SSH_OPEN_CONNECT_FAILED, taken.sentence());
                }
            }
            case Binding.Refused refused -> {
                var _ = socket.close();
                fail("not-bound", SshConstants.SSH_OPEN_CONNECT_FAILED, refused.sentence());
            }
        }
    }

    /** On the carrier's thread, as all that follows. */
    private void connect(Door door, Judging judging, Channel socket, InetSocketAddress source) {
        RelayedConnection relayed = client.isOver() ? null : carrier.open(door, source, judging);
        if (relayed == null) {
            var _ = socket.close();
            fail("not-permitted", SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED, "nothing is permitted there now");
            return;
        }
        var _ = socket.connect(door.device()).addListener(connected -> {
            if (!connected.isSuccess() || client.isOver()) {
                carrier.close(relayed);
                var _ = socket.close();
                fail("not-reachable", SshConstants.SSH_OPEN_CONNECT_FAILED, "the device does not answer");
                return;
            }
            cross(door, socket, source, relayed);
        });
    }

    private void cross(Door door, Channel socket, InetSocketAddress source, RelayedConnection relayed) {
        Recording recording;
        try {
            recording = client.recording();
        } catch (IOException e) {
            carrier.close(relayed);
            var _ = socket.close();
            fail("not-recorded", SshConstants.SSH_OPEN_CONNECT_FAILED,
                    "this session has to be recorded, and the recording cannot be written");
            return;
        }
        Crossing crossing = new Crossing(client, new Passage(client.number(), door, source), relayed, carrier, tunnel,
                recording, gateway.limits().window());
        socket.pipeline().replace(Gate.class, "crossing", crossing);
        tunnel.open(crossing);
        crossing.begin(socket);
        if (client.edition() != edition) {
            // Amended while the device was being reached: the rules read before are not the last.
            gateway.work(() -> client.amend(crossing), () -> crossing.end(Ending.GATEWAY));
        }
    }

    /** The gateway has too much to do. */
    void tooMuch() {
        fail("too-many", SshConstants.SSH_OPEN_RESOURCE_SHORTAGE, "the gateway has too much to do");
    }

    private void fail(String what, int reason, String sentence) {
        client.notOpened();
        client.attempted(what, host + ":" + port + ": " + sentence);
        tunnel.refuse(reason, sentence);
    }

    /** Holds the place of the crossing in a socket that is not connected. */
    private static final class Gate extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var _ = context.close();
        }
    }
}
