package io.sluice.manage.identity;

import io.sluice.manage.Diary;
import io.sluice.manage.Refused;
import io.sluice.manage.identity.Account.Origin;
import io.sluice.manage.identity.OneTimeLinks.Link;
import io.sluice.manage.identity.Sessions.Begun;
import io.sluice.manage.identity.SignIn.From;
import java.util.EnumSet;
import java.util.Map;

/** What one-time links do: make the first account, set a password. */
public final class Invitations {
    private final Accounts accounts;
    private final Sessions sessions;
    private final OneTimeLinks links;
    private final OwnAccount own;
    private final SignIn signIn;
    private final Diary diary;

    public Invitations(Accounts accounts, Sessions sessions, OneTimeLinks links, OwnAccount own, SignIn signIn,
            Diary diary) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.links = links;
        this.own = own;
        this.signIn = signIn;
        this.diary = diary;
    }

    /**
     * Makes the first account and signs it in. It has every role but those of jump sessions: somebody has to begin, and shares
     * the work out afterwards.
     */
    public synchronized Begun setUp(String token, String user, String name, String password, From from) throws Refused {
        if (!accounts.none()) {
            throw Refused.conflict("set-up", "the first account was made already; sign in");
        }
        if (!links.isSetup(token)) {
            diary.note("setup-refused", "?", Map.of("address", from.address()));
            throw Refused.of(403, "wrong-link", "this link is not the one that was printed last at the start of the"
                    + " server; look at its console or log");
        }
        var problem = Passwords.problem(password, user);
        if (problem.isPresent()) {
            throw Refused.of(422, "weak-password", problem.get());
        }
        accounts.add(user, name.isBlank() ? user : name, EnumSet.of(Role.ADMINISTRATOR, Role.OPERATOR, Role.VIEWER,
                Role.AUDITOR), Origin.LOCAL);
        own.setPassword(user, password);
        links.use(token);
        diary.note("set-up", user, Map.of("address", from.address()));
        return signIn.vouched(accounts.find(user).orElseThrow(), from, "setup link");
    }

    /** A link for somebody who has no password, or lost it. Whatever was known of the account before opens nothing any more. */
    public Link invite(String account) {
        accounts.removeTotp(account);
        sessions.endAll(account);
        return links.password(account);
    }

    public void setPassword(String token, String password, From from) throws Refused {
        String account = links.account(token).orElseThrow(() -> Refused.of(403, "wrong-link",
                "this link was used already or is too old; ask an administrator for another"));
        var problem = Passwords.problem(password, account);
        if (problem.isPresent()) {
            throw Refused.of(422, "weak-password", problem.get());
        }
        if (!links.use(token)) {
            throw Refused.of(403, "wrong-link", "this link was used already; ask an administrator for another");
        }
        own.setPassword(account, password);
        sessions.endAll(account);
        diary.note("password-set", account, Map.of("address", from.address()));
    }
}
