package io.sluice.manage.identity;

import io.sluice.manage.Diary;
import io.sluice.manage.settings.ManageSettings;
import io.sluice.manage.store.Store;
import java.time.InstantSource;

/** All that has to do with who people are, put together. */
public final class Identities {
    private final Accounts accounts;
    private final Sessions sessions;
    private final Passwords passwords = new Passwords();
    private final OneTimeLinks links;
    private final SignIn signIn;
    private final OwnAccount own;
    private final Invitations invitations;
    private final Users users;

    public Identities(Store store, ManageSettings settings, SealedSecrets sealed, Diary diary, InstantSource clock) {
        accounts = new Accounts(store);
        sessions = new Sessions(store, settings.sessions(), clock);
        links = new OneTimeLinks(store, clock);
        signIn = new SignIn(accounts, sessions, passwords, sealed, diary, clock);
        own = new OwnAccount(accounts, sessions, passwords, signIn, sealed, diary);
        invitations = new Invitations(accounts, sessions, links, own, signIn, diary);
        users = new Users(accounts, sessions, invitations, diary);
    }

    public Accounts accounts() {
        return accounts;
    }

    public Sessions sessions() {
        return sessions;
    }

    public Passwords passwords() {
        return passwords;
    }

    public OneTimeLinks links() {
        return links;
    }

    public SignIn signIn() {
        return signIn;
    }

    public OwnAccount own() {
        return own;
    }

    public Invitations invitations() {
        return invitations;
    }

    public Users users() {
        return users;
    }
}
