package io.sluice.manage.identity;

import io.sluice.manage.Diary;
import io.sluice.manage.Refused;
import io.sluice.manage.identity.Sessions.Begun;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The way from a name and a password, and perhaps a code, to a session. */
public final class SignIn {
    private static final String WRONG = "name or password is wrong; try again";
    private static final String BUSY = "too many people sign in at once; try again in a moment";

    private final Accounts accounts;
    private final Sessions sessions;
    private final Passwords passwords;
    private final SealedSecrets sealed;
    private final Diary diary;
    private final InstantSource clock;
    private final LockOut lockOut = new LockOut();

    public SignIn(Accounts accounts, Sessions sessions, Passwords passwords, SealedSecrets sealed,
            Diary diary, InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.passwords = passwords;
        this.sealed = sealed;
        this.diary = diary;
        this.clock = clock;
    }

    /** From where somebody signs in. */
    public record From(String address, String agent) {}

    /** The first step. The session is half-way where the account has a second factor. */
    public Begun byPassword(String name, String password, From from) throws Refused {
        Optional<Account> account = accounts.find(name);
        requireUnlocked(account.map(Account::lockedUntil).orElseGet(() -> lockOut.lockedUntil(name)));
        Optional<String> hash = account.filter(Account::enabled).flatMap(Account::password);
        boolean right = (hash.isPresent()
                ? passwords.matches(password, hash.get())
                : passwords.matchesNothing(password)).orElseThrow(() -> Refused.later("busy", BUSY, 2_000));
        if (!right || account.isEmpty()) {
            throw failed(name, account, from, "password");
        }
        return account.get().hasTotp()
                ? sessions.begin(account.get(), true, from.address(), from.agent())
                : complete(account.get(), from, "password");
    }

    /** The second step. Whatever comes of it, the half-way session is not used again once it succeeded. */
    public Begun byCode(String token, Session halfWay, String code, From from) throws Refused {
        Account account = accounts.find(halfWay.account().id()).orElseThrow(() -> notHalfWay());
        if (!halfWay.halfWay() || account.totpSecret().isEmpty()) {
            throw notHalfWay();
        }
        requireUnlocked(account.lockedUntil());
        Optional<String> secret = sealed.open(account.id(), account.totpSecret().get());
        boolean app = secret.isPresent() && accept(account, secret.get(), code).isPresent();
        boolean recovery = !app && accounts.useRecoveryCode(account.id(), RecoveryCodes.hash(account.id(), code));
        if (!app && !recovery && secret.isEmpty() && Totp.isCode(code)) {
            throw SealedSecrets.lost();
        }
        if (!app && !recovery) {
            throw failed(account.id(), Optional.of(account), from, "code");
        }
        sessions.end(token);
        return complete(account, from, app ? "password, code" : "password, recovery-code");
    }

    private static Refused notHalfWay() {
        return Refused.of(401, "not-signed-in", "sign in with name and password first");
    }

    /** Who is known by other means, such as a link or an identity provider. */
    public Begun vouched(Account account, From from, String by) {
        return complete(account, from, by);
    }

    /** The step of a code that is right and was not used before; it is used now. */
    OptionalLong accept(Account account, String secret, String code) {
        OptionalLong step = Totp.accept(secret, code, clock.millis() / 1_000, account.totpStep());
        return step.isPresent() && accounts.useStep(account.id(), step.getAsLong()) ? step : OptionalLong.empty();
    }

    /** Whether this is the account's password; wrong ones count as at sign-in. */
    void requirePassword(Account account, String password, From from) throws Refused {
        Account now = accounts.find(account.id()).orElse(account);
        requireUnlocked(now.lockedUntil());
        if (now.password().isEmpty()) {
            throw Refused.conflict("no-password", "this account has no password here: its identity provider vouches for"
                    + " it");
        }
        boolean right = passwords.matches(password, now.password().get())
                .orElseThrow(() -> Refused.later("busy", BUSY, 2_000));
        if (!right) {
            failed(now.id(), Optional.of(now), from, "password");
            throw Refused.of(403, "wrong-password", "the password is wrong; try again");
        }
    }

    private Begun complete(Account account, From from, String by) {
        accounts.signedIn(account.id(), clock.millis());
        diary.note("login", account.id(), Map.of("address", from.address(), "by", by));
        return sessions.begin(account, false, from.address(), from.agent());
    }

    private void requireUnlocked(long until) throws Refused {
        long left = until - clock.millis();
        if (left > 0) {
            throw Refused.later("locked-out", "too many wrong attempts; try again in "
                    + (left < 90_000 ? (left + 999) / 1_000 + " s" : (left + 59_999) / 60_000 + " min"), left);
        }
    }

    private Refused failed(String name, Optional<Account> account, From from, String what) {
        long now = clock.millis();
        long until;
        if (account.isPresent()) {
            int failures = account.get().failures() + 1;
            until = LockOut.until(failures, now);
            accounts.failed(name, failures, until);
        } else {
            lockOut.failed(name, now);
            until = lockOut.lockedUntil(name);
        }
        diary.note("login-failed", account.isPresent() ? name : "?", Map.of("address", from.address(), "wrong", what));
        if (until > now) {
            diary.note("login-locked", account.isPresent() ? name : "?", Map.of("address", from.address(), "seconds",
                    Long.toString((until - now) / 1_000)));
        }
        return Refused.of(401, "not-signed-in", what.equals("code")
                ? "the code is wrong or was used already; wait for"
                        + " the next one"
                : WRONG);
    }
}
