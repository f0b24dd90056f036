package io.sluice.dissect.modbus;

import io.sluice.dissect.Renumbering;
import io.sluice.dissect.Session;

/**
 * The unanswered requests of one flow: a ring of the last few, oldest forgotten first.
 *
 * <p>Transaction identifiers may come again while outstanding (many masters send nothing but 0, and repeat what was not
 * answered), so an answer belongs to the oldest request that it fits. Requests that were allowed come first: a refused
 * request normally never reached the device, so it can be answered only where refusals are merely reported.
 */
final class ModbusSession extends Session {
    /** What {@link #expects} returns: such a request is outstanding; the transaction is unknown; known, but not so. */
    static final int MATCHED = 0;
    static final int UNKNOWN = 1;
    static final int UNFIT = 2;

    /** The rule of a request that nobody decided. */
    static final int UNDECIDED = -1;

    private static final int NONE = -1;

    // The requests lie in slots head, head + 1, … (mod capacity), oldest first, without gaps.
    private final int[] keys;
    private final long[] details;
    /** The rule, shifted left; the lowest bit is set if it allowed the request. */
    private final int[] verdicts;
    private int head;
    private int count;
    /** Where the request lies that {@link #decided} speaks of. */
    private int latest;
    private int answered;

    ModbusSession(int outstandingRequests) {
        keys = new int[outstandingRequests];
        details = new long[outstandingRequests];
        verdicts = new int[outstandingRequests];
        reset();
    }

    @Override
    public void reset() {
        head = 0;
        count = 0;
        latest = NONE;
        answered = UNDECIDED << 1;
    }

    @Override
    public void renumber(Renumbering change) {
        for (int i = 0; i < count; i++) {
            int slot = slot(i);
            verdicts[slot] = change.rule(verdicts[slot] >> 1) << 1 | (verdicts[slot] & 1);
        }
    }

    /** Remembers a request; until {@link #decided} it counts as refused. */
    void request(int key, long detail) {
        int slot = slot(count);
        if (count == keys.length) {
            head = after(head);
        } else {
            count++;
        }
        keys[slot] = key;
        details[slot] = detail;
        verdicts[slot] = UNDECIDED << 1;
        latest = slot;
    }

    /**
     * Remembers a request that cannot be taken at its word, once however often it is looked at: where it is only
     * reported, the device will answer it.
     */
    void refusedRequest(int key) {
        int last = slot(Math.max(0, count - 1));
        if (count == 0 || keys[last] != key || details[last] != ModbusPairing.ANY) {
            request(key, ModbusPairing.ANY);
        }
        latest = NONE;
    }

    void decided(boolean allowed, int rule) {
        if (latest != NONE) {
            verdicts[latest] = (rule << 1) | (allowed ? 1 : 0);
        }
    }

    /** Whether a request with this transaction, unit and function is outstanding: what an answer's head must match. */
    int expects(int key) {
        int best = UNKNOWN;
        for (int i = 0, slot = head; i < count; i++, slot = after(slot)) {
            if (keys[slot] == key) {
                return MATCHED;
            }
            if ((keys[slot] ^ key) >>> 16 == 0) {
                best = UNFIT;
            }
        }
        return best;
    }

    /** Takes away the request that a whole answer belongs to, if there is one. */
    boolean answer(int key, long detail, boolean exception) {
        return answer(key, detail, exception ? 0 : -1L);
    }

    /** The same by some of the bits of what an answer must repeat. */
    boolean answer(int key, long detail, long bits) {
        int found = NONE;
        for (int i = 0, slot = head; i < count; i++, slot = after(slot)) {
            if (keys[slot] == key && (((details[slot] ^ detail) & bits) == 0 || details[slot] == ModbusPairing.ANY)) {
                if ((verdicts[slot] & 1) != 0) {
                    take(i);
                    return true;
                }
                found = found == NONE ? i : found;
            }
        }
        if (found != NONE) {
            take(found);
        }
        return found != NONE;
    }

    /** Takes a request out. The gap is closed from the side where fewer requests lie: mostly it is the oldest. */
    private void take(int index) {
        answered = verdicts[slot(index)];
        if (index < count / 2) {
            for (int i = index; i > 0; i--) {
                move(slot(i - 1), slot(i));
            }
            head = after(head);
        } else {
            for (int i = index; i < count - 1; i++) {
                move(slot(i + 1), slot(i));
            }
        }
        count--;
        if (count == 0) {
            head = 0; // where the processor's cache has it already
        }
        // decided speaks of the request before, never of one across an answer
        latest = NONE;
    }

    private void move(int from, int to) {
        keys[to] = keys[from];
        details[to] = details[from];
        verdicts[to] = verdicts[from];
    }

    boolean answered() {
        return (answered & 1) != 0;
    }

    int answeredRule() {
        return answered >> 1;
    }

    private int after(int slot) {
        return slot + 1 == keys.length ? 0 : slot + 1;
    }

    private int slot(int index) {
        int slot = head + index;
        return slot < keys.length ? slot : slot - keys.length;
    }
}
