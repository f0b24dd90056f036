package io.sluice.broker;

import java.net.InetAddress;
import java.security.PublicKey;

/**
 * Says who may enter. Called on worker threads, several at a time; it may take as long as a database takes. A call that
 * throws is a refusal.
 */
public interface Doorkeeper {
    /**
     * Somebody gives a one-time password, which is used up by a right answer.
     *
     * @param login as the client wrote it, at most 64 characters
     * @param oneTimePassword wiped after the call
     */
    Admission password(String login, char[] oneTimePassword, InetAddress from);

    /**
     * Somebody says that they have a key. Asked before the client has proved it, and perhaps more than once, so nothing
     * may change by it: what comes of it is told by {@link JumpSession#connected}.
     */
    Admission key(String login, PublicKey key, InetAddress from);
}
