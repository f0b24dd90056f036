package io.sluice.broker.opcua;

/** What all connections together may keep of answers that are not complete. On one thread. */
public final class Room {
    private final long most;
    private long taken;

    /** Of so many bytes. */
    public Room(long most) {
        this.most = most;
    }

    boolean take(int bytes) {
        if (taken + bytes > most) {
            return false;
        }
        taken += bytes;
        return true;
    }

    void give(int bytes) {
        taken -= bytes;
    }

    /** Bytes that are kept now. */
    public long taken() {
        return taken;
    }
}
