package io.sluice.manage.jump;

import io.sluice.broker.Admission;
import io.sluice.broker.Doorkeeper;
import io.sluice.manage.Refused;
import java.net.InetAddress;
import java.security.PublicKey;
import java.util.Optional;

/** Lets people into their own open sessions, by a one-time password or by a key of their account. */
final class Entrance implements Doorkeeper {
    private final JumpDesk desk;
    private final OneTimePasswords passwords;
    private final OwnKeys keys;
    private final Visitors visitors;
    private final JumpAddresses addresses;
    private final Grants grants;

    Entrance(JumpDesk desk, OneTimePasswords passwords, OwnKeys keys, Visitors visitors, JumpAddresses addresses,
            Grants grants) {
        this.desk = desk;
        this.passwords = passwords;
        this.keys = keys;
        this.visitors = visitors;
        this.addresses = addresses;
        this.grants = grants;
    }

    @Override
    public Admission password(String login, char[] oneTimePassword, InetAddress from) {
        String code = switch (passwords.use(login, oneTimePassword, desk.now())) {
            case RIGHT -> "";
            case WRONG -> "wrong-password";
            case EXPIRED -> "password-expired";
            case NONE -> "no-password";
        };
        return code.isEmpty() ? admit(login, from, "") : refuse(login, from, code);
    }

    @Override
    public Admission key(String login, PublicKey key, InetAddress from) {
        Optional<Live> live = desk.live(login);
        Optional<String> fingerprint = SshKeys.fingerprint(key);
        boolean known = live.isPresent() && fingerprint.isPresent()
                && keys.knows(live.get().jump().person(), fingerprint.get());
        // Clients offer one key after the other; those that nobody knows are no attempt.
        return known ? admit(login, from, fingerprint.get()) : new Admission.Refused("unknown-key");
    }

    private Admission admit(String login, InetAddress from, String key) {
        Optional<Live> live = desk.live(login);
        if (live.isEmpty() || !live.get().jump().isOpen(desk.now())) {
            return refuse(login, from, "session-over");
        }
        Jump jump = live.get().jump();
        try {
            JumpDesk.require(desk.person(jump.person()), from.getHostAddress(), jump.terms());
        } catch (Refused e) {
            return refuse(login, from, e.code());
        }
        return new Admission.Admitted(new SessionAtGateway(live.get(), desk, visitors, addresses, grants,
                () -> {
                    if (!key.isEmpty()) {
                        keys.used(jump.person(), key);
                    }
                }));
    }

    private Admission refuse(String login, InetAddress from, String code) {
        visitors.refused(login, from.getHostAddress(), code);
        return new Admission.Refused(code);
    }
}
