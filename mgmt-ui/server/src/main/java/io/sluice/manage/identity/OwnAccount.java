package io.sluice.manage.identity;

import io.sluice.manage.Diary;
import io.sluice.manage.Refused;
import io.sluice.manage.identity.SignIn.From;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a person may change of its own account. */
public final class OwnAccount {
    private final Accounts accounts;
    private final Sessions sessions;
    private final Passwords passwords;
    private final SignIn signIn;
    private final SealedSecrets sealed;
    private final Diary diary;

    public OwnAccount(Accounts accounts, Sessions sessions, Passwords passwords, SignIn signIn,
            SealedSecrets sealed, Diary diary) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.passwords = passwords;
        this.signIn = signIn;
        this.sealed = sealed;
        this.diary = diary;
    }

    /** All other sessions of the account end. */
    public void changePassword(Session session, String old, String wanted, From from) throws Refused {
        signIn.requirePassword(session.account(), old, from);
        setPassword(session.account().id(), wanted);
        sessions.endAllBut(session.account().id(), session.id());
        diary.note("password-changed", session.account().id(), Map.of("address", from.address()));
    }

    void setPassword(String account, String wanted) throws Refused {
        Optional<String> problem = Passwords.problem(wanted, account);
        if (problem.isPresent()) {
            throw Refused.of(422, "weak-password", problem.get());
        }
        accounts.setPassword(account, passwords.hash(wanted)
                .orElseThrow(() -> Refused.later("busy", "too many people sign in at once; try again", 2_000)));
    }

    /** Whether this is the account's password; wrong ones count as at sign-in. */
    public void requirePassword(Session session, String password, From from) throws Refused {
        signIn.requirePassword(session.account(), password, from);
    }

    /** A secret that counts once {@link #confirmTotp} has seen a code of it. */
    public String beginTotp(Session session, String password, From from) throws Refused {
        signIn.requirePassword(session.account(), password, from);
        String secret = Totp.newSecret();
        accounts.beginTotp(session.account().id(), sealed.seal(session.account().id(), secret));
        return secret;
    }

    /** {@return recovery codes, which are shown this once} */
    public List<String> confirmTotp(Session session, String code, From from) throws Refused {
        Account account = session.account();
        Optional<String> secret = accounts.pendingTotp(account.id()).flatMap(s -> sealed.open(account.id(), s));
        if (secret.isEmpty()) {
            throw Refused.conflict("nothing-pending", "ask for a new secret first");
        }
        OptionalLong step = signIn.accept(account, secret.get(), code);
        if (step.isEmpty()) {
            throw Refused.of(422, "wrong-code",
                    "the code is wrong; is the phone's clock right? Wait for the next code");
        }
        List<String> codes = RecoveryCodes.make();
        accounts.confirmTotp(account.id(), step.getAsLong(),
                codes.stream().map(c -> RecoveryCodes.hash(account.id(), c)).toList());
        diary.note("second-factor-set", account.id(), Map.of("address", from.address()));
        return codes;
    }

    public void removeTotp(Session session, String password, From from) throws Refused {
        signIn.requirePassword(session.account(), password, from);
        accounts.removeTotp(session.account().id());
        diary.note("second-factor-removed", session.account().id(), Map.of("address", from.address()));
    }
}
