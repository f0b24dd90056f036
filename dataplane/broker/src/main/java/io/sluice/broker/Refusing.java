package io.sluice.broker;

import java.io.IOException;
import java.util.List;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.AbstractServerChannel;

/** What a session does not give is refused when it is asked for, and written down; the connection goes on. */
final class Refusing {
    /** Channel types of RFC 4254 and of OpenSSH, and what asking for one is called. */
    private static final List<List<String>> CHANNELS = List.of(List.of("session", "shell"), List.of("x11", "x11"),
            List.of("auth-agent@openssh.com", "agent"), List.of("auth-agent-req@openssh.com", "agent"),
            List.of("forwarded-tcpip", "remote-forward"), List.of("direct-streamlocal@openssh.com", "channel"),
            List.of("forwarded-streamlocal@openssh.com", "channel"), List.of("tun@openssh.com", "channel"));

    private Refusing() {}

    static List<ChannelFactory> channels(AttributeKey<Client> client) {
        return CHANNELS.stream().<ChannelFactory>map(c -> new Factory(c.getFirst(), c.getLast(), client)).toList();
    }

    /** Answers a request for a channel with a sentence, RFC 4254 §5.1; the library's own answer would keep it to itself. */
    static void refuse(AbstractServerChannel channel, ConnectionService service, int reason, String sentence) {
        Session session = channel.getSession();
        try {
            Buffer answer = session.createBuffer(SshConstants.SSH_MSG_CHANNEL_OPEN_FAILURE);
            answer.putUInt(channel.getRecipient());
            answer.putUInt(reason);
            answer.putString(sentence);
            answer.putString("");
            session.writePacket(answer);
        } catch (IOException e) {
            session.close(true);
        }
        service.unregisterChannel(channel);
        channel.close(true);
    }

    private record Factory(String type, String what, AttributeKey<Client> client) implements ChannelFactory {
        @Override
        public String getName() {
            return type;
        }

        @Override
        public Channel createChannel(Session session) {
            Client asking = session.getAttribute(client);
            if (asking != null) {
                asking.attempted(what, "channel " + type);
            }
            return new Refused();
        }
    }

    private static final class Refused extends AbstractServerChannel {
        Refused() {
            super("", List.of(), null);
        }

        @Override
        protected OpenFuture doInit(Buffer buffer) {
            refuse(this, service, SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED,
                    "this gateway only carries connections to devices: use ssh -N");
            return new DefaultOpenFuture(this, this);
        }

        @Override
        protected void doWriteData(byte[] data, int offset, long length) {
            // it was never open
        }

        @Override
        protected void doWriteExtendedData(byte[] data, int offset, long length) {
            // it was never open
        }
    }

    /** Global requests, RFC 4254 §4: what OpenSSH asks by itself is answered, all else is refused. */
    static RequestHandler<ConnectionService> requests(AttributeKey<Client> client) {
        return (service, request, wantReply, buffer) -> switch (request) {
            case "keepalive@openssh.com" -> RequestHandler.Result.ReplyFailure; // as OpenSSH answers itself: an answer counts
            case "no-more-sessions@openssh.com" -> RequestHandler.Result.ReplySuccess;
            default -> {
                Client asking = service.getSession().getAttribute(client);
                if (asking != null) {
                    boolean remote = request.endsWith("tcpip-forward") || request.startsWith("streamlocal-forward");
                    asking.attempted(remote ? "remote-forward" : "request", request);
                }
                yield RequestHandler.Result.ReplyFailure;
            }
        };
    }
}
