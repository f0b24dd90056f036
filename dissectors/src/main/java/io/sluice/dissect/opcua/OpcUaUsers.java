package io.sluice.dissect.opcua;

import io.sluice.dissect.Facts;

/**
 * Who is logged in to each session of a connection. A connection may carry several sessions (OPC 10000-4 §5.7.2), each
 * known by its AuthenticationToken, here hashed; the user belongs to the session, and only the server knows whether a
 * password was right.
 */
final class OpcUaUsers {
    private static final int MOST_SESSIONS = 64;
    private static final int MOST_LOGINS = 16;
    private static final int CREATED = 1;

    /** By token: the user, or {@link Facts#NO_TRAIT}; and whether the session was created on this connection. */
    private final OpcUaTable sessions = new OpcUaTable(MOST_SESSIONS);
    /** ActivateSession requests that wait for their answers. */
    private final long[] tokens = new long[MOST_LOGINS];
    private final int[] requests = new int[MOST_LOGINS];
    private final int[] users = new int[MOST_LOGINS];
    private int logins;

    void clear() {
        sessions.clear();
        logins = 0;
    }

    /** The user of a session; {@link Facts#NO_TRAIT} before one has logged in. */
    int user(long token) {
        int slot = sessions.find(token);
        return slot == OpcUaTable.ABSENT ? Facts.NO_TRAIT : sessions.first(slot);
    }

    boolean isCreated(long token) {
        int slot = sessions.find(token);
        return slot != OpcUaTable.ABSENT && sessions.second(slot) == CREATED;
    }

    void created(long token) {
        sessions.put(token, Facts.NO_TRAIT, CREATED);
    }

    void closed(long token) {
        int slot = sessions.find(token);
        if (slot != OpcUaTable.ABSENT) {
            sessions.remove(slot);
        }
    }

    /** An ActivateSession goes to the server. Of too many the oldest is given up: nobody knows what became of it. */
    void asks(long token, int requestId, int user) {
        if (logins == MOST_LOGINS) {
            set(tokens[0], Facts.NO_TRAIT);
            remove(0);
        }
        tokens[logins] = token;
        requests[logins] = requestId;
        users[logins++] = user;
    }

    /** Whether the answer to this request tells who is logged in. */
    boolean waits(int requestId) {
        return login(requestId) >= 0;
    }

    /** The server answered an ActivateSession: one that failed changes nothing. */
    void answered(int requestId, boolean good) {
        int login = login(requestId);
        if (login >= 0) {
            if (good) {
                set(tokens[login], users[login]);
            }
            remove(login);
        }
    }

    private void remove(int login) {
        logins--;
        System.arraycopy(tokens, login + 1, tokens, login, logins - login);
        System.arraycopy(requests, login + 1, requests, login, logins - login);
        System.arraycopy(users, login + 1, users, login, logins - login);
    }

    private int login(int requestId) {
        for (int i = 0; i < logins; i++) {
            if (requests[i] == requestId) {
                return i;
            }
        }
        return -1;
    }

    private void set(long token, int user) {
        sessions.put(token, user, isCreated(token) ? CREATED : 0);
    }

    /** An ActivateSession may have passed unseen: nobody knows who is logged in, until the next one. */
    void forget() {
        sessions.setFirst(Facts.NO_TRAIT);
        logins = 0;
    }

    /** An answer may have passed unseen, so that those who were logging in may be logged in or not. */
    void forgetLogins() {
        for (int i = 0; i < logins; i++) {
            set(tokens[i], Facts.NO_TRAIT);
        }
    }
}
