package io.sluice.engine;

import java.util.Arrays;
import java.util.BitSet;

/**
 * What a TCP receiver behind the firewall reads, in the sender's numbers: obeys the {@link Answer} as a host does and
 * reassembles, where copies differ by the first or by the last. Bytes that were handed to its application stay.
 */
final class Receiver {
    private final boolean firstWins;
    private final byte[] bytes = new byte[1 << 16];
    private final BitSet got = new BitSet();
    private final BitSet removed = new BitSet();
    /** All before was handed over. */
    private int position;
    boolean reset;

    Receiver(boolean firstWins) {
        this.firstWins = firstWins;
    }

    /** Carries out an answer to a frame of the client; {@code lost}: what goes on is lost behind the firewall. */
    void obey(Answer answer, int firstSequence, int offset, byte[] payload, byte[] released, boolean lost) {
        for (int i = 0; i < answer.removed(); i++) {
            int from = answer.removedFrom(i) - firstSequence;
            for (int k = Math.max(0, from); k < from + answer.removedLength(i); k++) {
                if (got.get(k)) {
                    continue; // the receiver has it; what is cut is the repetition
                }
                removed.set(k);
            }
        }
        boolean goes = answer.action() == Answer.Action.FORWARD || answer.action() == Answer.Action.REWRITE;
        if (goes && !reset && !lost) {
            deliver(answer, firstSequence, offset, payload);
        }
        if (released.length > 0 && !reset && !lost) {
            deliver(answer, firstSequence, answer.releasedFrom() - firstSequence, released);
        }
        reset |= answer.reset();
    }

    private void deliver(Answer answer, int firstSequence, int offset, byte[] payload) {
        for (int k = 0; k < payload.length; k++) {
            int at = offset + k;
            if (at < position || cut(answer, firstSequence + at)) {
                continue;
            }
            if (removed.get(at)) {
                throw new AssertionError("refused byte " + at + " was sent on");
            }
            if (!got.get(at) || !firstWins) {
                bytes[at] = payload[k];
            }
            got.set(at);
        }
        advance();
    }

    private static boolean cut(Answer answer, int sequence) {
        for (int i = 0; i < answer.removed(); i++) {
            int distance = sequence - answer.removedFrom(i);
            if (distance >= 0 && distance < answer.removedLength(i)) {
                return true;
            }
        }
        return false;
    }

    private void advance() {
        while (got.get(position) || removed.get(position)) {
            position++;
        }
    }

    /** How far the client would be acknowledged: the host acknowledges what it removed. */
    int position() {
        advance();
        return position;
    }

    /** The bytes as the application reads them. */
    byte[] read() {
        advance();
        byte[] out = new byte[position];
        int n = 0;
        for (int k = 0; k < position; k++) {
            if (!removed.get(k)) {
                out[n++] = bytes[k];
            }
        }
        return Arrays.copyOf(out, n);
    }
}
