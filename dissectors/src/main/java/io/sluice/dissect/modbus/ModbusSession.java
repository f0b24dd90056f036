package io.sluice.dissect.modbus;

import io.sluice.dissect.Session;

/**
 * The unanswered requests of one flow: a ring of the last few, oldest forgotten first.
 *
 * <p>Transaction identifiers may come again while outstanding (many masters send nothing but 0, and repeat what was not
 * answered), so an answer belongs to the oldest request that it fits. Requests that were allowed come first: a refused
 * request normally never reached the device, so it can be answered only where refusals are merely reported.
 */
final class ModbusSession extends Session {
    /** What {@link #answer} returns: answered; the transaction is unknown; known, but nothing fits. */
    static final int MATCHED = 0;
    static final int UNKNOWN = 1;
    static final int UNFIT = 2;

    /** The rule of a request that nobody decided. */
    static final int UNDECIDED = -1;

    /** No key: the function code in it has bit 7 cleared. */
    private static final int FREE = -1;

    private final int[] keys;
    private final long[] details;
    private final int[] rules;
    private final boolean[] allowed;
    private int head;
    private int count;
    private int latest;
    private boolean answeredAllowed;
    private int answeredRule;

    ModbusSession(int outstandingRequests) {
        keys = new int[outstandingRequests];
        details = new long[outstandingRequests];
        rules = new int[outstandingRequests];
        allowed = new boolean[outstandingRequests];
        reset();
    }

    @Override
    public void reset() {
        head = 0;
        count = 0;
        latest = FREE;
        answeredAllowed = false;
        answeredRule = UNDECIDED;
    }

    /** Remembers a request; until {@link #decided} it counts as refused. */
    void request(int key, long detail) {
        int slot = at(count);
        if (count == keys.length) {
            head = at(1);
        } else {
            count++;
        }
        keys[slot] = key;
        details[slot] = detail;
        rules[slot] = UNDECIDED;
        allowed[slot] = false;
        latest = slot;
    }

    /**
     * Remembers a request that cannot be taken at its word, once however often it is looked at: where it is only
     * reported, the device will answer it.
     */
    void refusedRequest(int key) {
        if (count > 0) {
            int last = at(count - 1);
            if (keys[last] == key && details[last] == ModbusPairing.ANY) {
                return;
            }
        }
        request(key, ModbusPairing.ANY);
        latest = FREE;
    }

    void decided(boolean requestAllowed, int rule) {
        if (latest != FREE) {
            allowed[latest] = requestAllowed;
            rules[latest] = rule;
        }
    }

    /** Whether a request with this transaction, unit and function is outstanding: what an answer's head must match. */
    int expects(int key) {
        boolean known = false;
        for (int i = 0, slot = head; i < count; i++, slot = after(slot)) {
            if (keys[slot] == key) {
                return MATCHED;
            }
            known |= keys[slot] != FREE && (keys[slot] ^ key) >>> 16 == 0;
        }
        return known ? UNFIT : UNKNOWN;
    }

    /** Takes the request that a whole answer belongs to out of the ring. Call {@link #expects} first. */
    boolean answer(int key, long detail, boolean exception) {
        int found = FREE;
        for (int i = 0, slot = head; i < count; i++, slot = after(slot)) {
            if (keys[slot] == key && (exception || details[slot] == detail || details[slot] == ModbusPairing.ANY)) {
                if (allowed[slot]) {
                    found = slot;
                    break;
                }
                found = found == FREE ? slot : found;
            }
        }
        if (found == FREE) {
            return false;
        }
        take(found);
        return true;
    }

    private void take(int slot) {
        answeredAllowed = allowed[slot];
        answeredRule = rules[slot];
        keys[slot] = FREE;
        latest = latest == slot ? FREE : latest;
        while (count > 0 && keys[head] == FREE) {
            head = after(head);
            count--;
        }
    }

    boolean answered() {
        return answeredAllowed;
    }

    int answeredRule() {
        return answeredRule;
    }

    private int after(int slot) {
        return slot + 1 == keys.length ? 0 : slot + 1;
    }

    private int at(int index) {
        int slot = head + index;
        return slot < keys.length ? slot : slot - keys.length;
    }
}
