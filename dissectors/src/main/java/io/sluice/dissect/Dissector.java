package io.sluice.dissect;

import java.lang.foreign.MemorySegment;

/**
 * Reads one protocol's byte streams. One object per worker; what belongs to a flow is in its {@link Session}.
 *
 * <p>Only native segments may be passed. No method reads outside {@code [at, at + available)}, allocates, or throws for
 * anything the bytes say.
 */
public interface Dissector {
    /** Direction of the bytes: from the side that opened the flow, or from the other. */
    int TO_SERVER = 0;

    int TO_CLIENT = 1;

    /** {@link #frame}: too few bytes to tell the size. */
    int NEED_MORE = 0;

    /** {@link #inspect}: nothing is wrong so far, but the message is not complete. */
    int PARTIAL = 0;
    /** {@link #inspect}: a whole request; the facts are to be decided. */
    int REQUEST = 1;
    /** {@link #inspect}: a whole answer to an outstanding request; {@link #answered} tells that request's verdict. */
    int RESPONSE = 2;
    /**
     * {@link #inspect}: a whole piece of a message that goes on in the next one. The facts are those that this piece
     * adds; of a request they can be refused already.
     */
    int PART = 3;

    /**
     * Where the message that starts at {@code at} ends. Framing only: whether the message makes sense is for
     * {@link #inspect}.
     *
     * @return the whole size in bytes (it may exceed {@code available}); {@link #NEED_MORE}; or a negated
     *     {@link Malformed#code} when no message can start here
     */
    int frame(Session session, int direction, MemorySegment bytes, long at, long available);

    /**
     * Checks a message and fills its facts. With {@code available < size} it checks what can be read already, as early
     * as the bytes allow, and fills the facts as far as they are known (none, if not even the operation is).
     *
     * @param size what {@link #frame} returned
     * @return {@link #PARTIAL}, {@link #REQUEST}, {@link #RESPONSE}, {@link #PART}, or a negated
     *     {@link Malformed#code}
     */
    int inspect(Session session, int direction, MemorySegment bytes, long at, int size, long available, Facts facts);

    /**
     * Tells the verdict of the request that {@link #inspect} returned last, for its answer to come; of a
     * {@link #PART}, only that it was refused.
     */
    void decided(Session session, boolean allowed, int rule);

    /** Whether the request answered by the last {@link #RESPONSE} was allowed. */
    boolean answered(Session session);

    /** The rule that decided the request answered by the last {@link #RESPONSE}, as given to {@link #decided}. */
    int answeredRule(Session session);

    /**
     * Writes the protocol's refusal of a request, to be sent to its client.
     *
     * @param shortfall what no rule permitted: one of {@link Shortfall}'s numbers
     * @return the number of bytes written to {@code out} from {@code outAt}; 0 where the protocol has no refusal
     */
    int refuse(MemorySegment bytes, long at, int size, int shortfall, MemorySegment out, long outAt);

    /** A message of a datagram protocol must fill its datagram; whether this protocol can be carried in datagrams. */
    boolean datagrams();
}
