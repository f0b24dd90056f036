package io.sluice.engine;

/**
 * One direction of an inspected TCP connection, or what the broker reads from one socket: how far it was judged, and
 * which bytes are kept. Sequence numbers are compared as signed differences, RFC 9293 §3.4.
 */
final class Half {
    /** The stream's position is known. */
    boolean synchronised;
    /** Up to where bytes were taken in order. */
    int next;
    /** Start of the message that is not yet complete; equals {@link #next} when none is. */
    int messageAt;
    /** Oldest byte that is still in {@link #buffer}. */
    int base;
    /** Highest acknowledgement seen from the other side. */
    int acknowledged;
    boolean acknowledgementSeen;
    /** Highest end of a segment seen. */
    int sent;
    /** Highest acknowledgement plus window that the other side announced: the right edge of what it accepts. */
    int rightEdge;
    boolean windowSeen;
    int largestWindow;
    int windowScale;
    boolean timestamps;
    boolean timestampSeen;
    int timestamp;
    boolean finished;
    int finAt;

    /** What its receiver expects next: up to here everything has gone on to it, SYN and FIN counted. */
    int delivered;
    /** Anything has gone on. */
    boolean begun;
    /** The largest segment that the side which sends this direction takes itself; 0: it did not say. */
    int announcedSegment;
    /** Ethernet addresses of this direction's frames, the lower 48 bits; 0: none has come. */
    long linkSource;
    long linkDestination;

    /** After a loss of framing: the next segment that can start a message is believed to. */
    boolean resynchronise;
    /** The boundary that was taken up is not sure yet: too few bytes to tell. */
    boolean tentative;
    /** The incomplete message's readable part is refused: nothing more of it goes on. */
    boolean doomed;
    /** Segments that contributed to the incomplete message. */
    int segments;
    /** Frame in which the incomplete message began. */
    long firstFrame;

    final StreamBuffer buffer = new StreamBuffer();
    final HeldPieces held = new HeldPieces();
    /** Segments seen while something is held: a gap that the other side has acknowledged is not going to close. */
    int patience;

    final RemovedRanges removed = new RemovedRanges();

    void reset(BufferPool pool) {
        synchronised = false;
        next = messageAt = base = acknowledged = sent = rightEdge = largestWindow = windowScale = 0;
        acknowledgementSeen = windowSeen = timestamps = timestampSeen = finished = false;
        timestamp = finAt = delivered = announcedSegment = 0;
        begun = false;
        linkSource = linkDestination = 0;
        segments = patience = 0;
        held.clear();
        removed.clear();
        resynchronise = doomed = tentative = false;
        firstFrame = 0;
        buffer.release(pool);
    }

    /** The stream starts here. */
    void start(int sequence) {
        synchronised = true;
        next = messageAt = base = sent = acknowledged = sequence;
    }

    /** Its bytes are not looked into any more; control fields are. */
    void unread(BufferPool pool) {
        held.clear();
        removed.clear();
        next = messageAt = base = sent;
        segments = patience = 0;
        doomed = tentative = resynchronise = false;
        buffer.release(pool);
    }

    /** Its bytes are looked into from here on, wherever in a message that is. */
    void joinMidstream(BufferPool pool) {
        unread(pool);
        resynchronise = synchronised;
    }

    /** Numbers {@code [from, to)} go on to the receiver. */
    void deliver(int from, int to) {
        if (!begun || (from - delivered <= 0 && to - delivered > 0)) {
            delivered = to;
            begun = true;
        }
    }

    /** The number that the receiver expects: RCV.NXT of RFC 9293. */
    int expected() {
        return acknowledgementSeen && acknowledged - delivered > 0 ? acknowledged : delivered;
    }

    boolean pending() {
        return messageAt != next;
    }

    /** Forgets bytes that the other side has and that no message needs. */
    void trim() {
        int keep = acknowledged - messageAt < 0 ? acknowledged : messageAt;
        if (keep - base > 0) {
            base = keep;
        }
        if (base == next && held.isEmpty()) {
            buffer.rewind(next);
        }
    }

    void dropHeld() {
        held.clear();
        patience = 0;
    }
}
