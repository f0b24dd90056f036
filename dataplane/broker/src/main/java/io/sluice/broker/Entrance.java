package io.sluice.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.AsyncAuthException;
import org.apache.sshd.server.auth.keyboard.InteractiveChallenge;
import org.apache.sshd.server.auth.keyboard.KeyboardInteractiveAuthenticator;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.auth.password.PasswordAuthenticator;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKey;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;

/**
 * Has clients prove who they are: by a one-time password, asked for as such or as a prompt (RFC 4252 §8, RFC 4256), or by a key
 * (RFC 4252 §7). Passwords are checked on workers, so that their hashing holds up nobody's session.
 */
final class Entrance implements PasswordAuthenticator, KeyboardInteractiveAuthenticator, PublickeyAuthenticator {
    private static final int LONGEST_LOGIN = 64;
    /** NIST SP 800-57 part 1: the least for 112 bits. */
    private static final int SHORTEST_RSA = 2048;
    private static final AttributeKey<JumpSession> CLAIMED = new AttributeKey<>();

    private final Doorkeeper doorkeeper;
    private final Executor workers;
    private final Hall hall;
    private final AtomicLong refused = new AtomicLong();

    /** Where those go who were admitted. */
    interface Hall {
        /** Whether there is room for them, and their session wants them. */
        boolean enter(ServerSession session, JumpSession jump, String method);
    }

    Entrance(Doorkeeper doorkeeper, Executor workers, Hall hall) {
        this.doorkeeper = doorkeeper;
        this.workers = workers;
        this.hall = hall;
    }

    void guard(SshServer server) {
        server.setPasswordAuthenticator(this);
        server.setKeyboardInteractiveAuthenticator(this);
        server.setPublickeyAuthenticator(this);
        server.setUserAuthFactories(List.of(new KeyFactory(), UserAuthKeyboardInteractiveFactory.INSTANCE,
                UserAuthPasswordFactory.INSTANCE));
    }

    long refused() {
        return refused.get();
    }

    @Override
    public boolean authenticate(String login, String password, ServerSession session) {
        InetAddress from = FrontDoor.address(session.getIoSession().getRemoteAddress());
        if (login.length() > LONGEST_LOGIN) {
            refused.incrementAndGet();
            return false;
        }
        AsyncAuthException later = new AsyncAuthException();
        try {
            workers.execute(() -> later.setAuthed(passes(session, login, password.toCharArray(), from)));
        } catch (RejectedExecutionException e) {
            refused.incrementAndGet();
            return false;
        }
        throw later;
    }

    private boolean passes(ServerSession session, String login, char[] password, InetAddress from) {
        JumpSession jump = admitted(() -> doorkeeper.password(login, password, from));
        Arrays.fill(password, '\0');
        return jump != null && enters(session, jump, "password");
    }

    @Override
    public InteractiveChallenge generateChallenge(ServerSession session, String login, String language,
            String methods) {
        InteractiveChallenge challenge = new InteractiveChallenge();
        challenge.setInteractionName("");
        challenge.setInteractionInstruction("");
        challenge.setLanguageTag("");
        challenge.addPrompt("One-time password: ", false);
        return challenge;
    }

    @Override
    public boolean authenticate(ServerSession session, String login, List<String> answers) {
        return answers.size() == 1 && authenticate(login, answers.getFirst(), session);
    }

    /** Asked before the client has signed anything: {@link KeyAuth} does the rest. */
    @Override
    public boolean authenticate(String login, PublicKey key, ServerSession session) {
        session.removeAttribute(CLAIMED);
        boolean weak = key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < SHORTEST_RSA;
        if (weak || login.length() > LONGEST_LOGIN) {
            refused.incrementAndGet();
            return false;
        }
        InetAddress from = FrontDoor.address(session.getIoSession().getRemoteAddress());
        JumpSession jump = admitted(() -> doorkeeper.key(login, key, from));
        if (jump != null) {
            session.setAttribute(CLAIMED, jump);
        }
        return jump != null;
    }

    private @Nullable JumpSession admitted(Supplier<Admission> answer) {
        try {
            return switch (answer.get()) {
                case Admission.Admitted admitted -> admitted.session();
                case Admission.Refused _ -> {
                    refused.incrementAndGet();
                    yield null;
                }
            };
        } catch (RuntimeException e) {
            refused.incrementAndGet();
            return null;
        }
    }

    private boolean enters(ServerSession session, JumpSession jump, String method) {
        try {
            if (!hall.enter(session, jump, method)) {
                return false;
            }
            String welcome = jump.welcome();
            if (!welcome.isEmpty()) {
                Buffer banner = session.createBuffer(SshConstants.SSH_MSG_USERAUTH_BANNER);
                banner.putString(welcome.strip() + "\r\n");
                banner.putString("");
                session.writePacket(banner);
            }
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /** Lets somebody in once the signature was checked. */
    private final class KeyAuth extends UserAuthPublicKey {
        KeyAuth() {
            super(Algorithms.signatures());
        }

        @Override
        public Boolean doAuth(Buffer buffer, boolean init) throws Exception {
            Boolean proved = super.doAuth(buffer, init);
            if (!Boolean.TRUE.equals(proved)) {
                return proved;
            }
            ServerSession session = getServerSession();
            JumpSession jump = session.removeAttribute(CLAIMED);
            return jump != null && enters(session, jump, "publickey");
        }
    }

    private final class KeyFactory extends UserAuthPublicKeyFactory {
        @Override
        public UserAuthPublicKey createUserAuth(ServerSession session) {
            return new KeyAuth();
        }
    }
}
