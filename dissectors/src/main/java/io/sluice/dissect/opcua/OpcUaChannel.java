package io.sluice.dissect.opcua;

import static io.sluice.dissect.Malformed.CHANNEL_ID;
import static io.sluice.dissect.Malformed.SEQUENCE_NUMBER;

import io.sluice.dissect.Dissector;
import io.sluice.dissect.Facts;
import io.sluice.dissect.Renumbering;

/** A connection's way from Hello to an open secure channel, and what the channel is: OPC 10000-6 §6.7 and §7.1. */
final class OpcUaChannel {
    static final int NEW = 0;
    static final int HELLO = 1;
    static final int ACKNOWLEDGED = 2;
    static final int OPENING = 3;
    static final int OPEN = 4;
    static final int CLOSED = 5;

    /** Legacy policies wrap above this and go on below {@link #AFTER_WRAP}, OPC 10000-6 §6.7.2.4. */
    private static final int WRAPS_ABOVE = (int) 4_294_966_271L;
    private static final int AFTER_WRAP = 1024;
    private static final int SMALLEST_ANNOUNCED = 1024;
    private static final int SMALLEST_BUFFER = 8192;

    int state;
    /** The connection began before it was seen, or bytes of it were missed: its order cannot be insisted on. */
    boolean joined;
    /** Index of the security policy, {@link OpcUaSecurity#UNKNOWN} before it was seen. */
    int policy;
    /** As on the wire; 0 until it is known. */
    int mode;
    /** Bytes of signature behind each body; learned where the opening was not seen. */
    int signature;
    private boolean signatureKnown;
    private boolean confirmed;

    private int channelId;
    private boolean channelKnown;
    private int token;
    private int earlierToken;
    private int tokens;
    /** Channels were opened or renewed, whose token has not been used yet. */
    private int fresh;
    private final int[] sequence = new int[2];
    private final boolean[] sequenceKnown = new boolean[2];

    /** Largest chunk that each direction may send, as its receiver announced; 0: no limit. */
    final int[] chunkBytes = new int[2];
    /** The same for the chunks of a message and for the bytes of its body, before it is encrypted. */
    final int[] chunks = new int[2];
    final int[] messageBytes = new int[2];

    int clientCertificate;
    int serverCertificate;
    long notBefore;
    long notAfter;
    /** What OpenSecureChannel asked for; whether it was compared with what the server offers. */
    boolean compared;

    void reset() {
        state = NEW;
        joined = false;
        policy = OpcUaSecurity.UNKNOWN;
        mode = 0;
        signature = 0;
        signatureKnown = false;
        confirmed = false;
        channelId = 0;
        channelKnown = false;
        token = earlierToken = tokens = fresh = 0;
        for (int d = 0; d < 2; d++) {
            sequenceKnown[d] = false;
            chunkBytes[d] = chunks[d] = messageBytes[d] = 0;
        }
        clientCertificate = serverCertificate = Facts.NO_TRAIT;
        notBefore = Long.MIN_VALUE;
        notAfter = Long.MAX_VALUE;
        compared = false;
    }

    /** The numbers of names change. A certificate that had none is still none of those that are demanded. */
    void renumber(Renumbering change) {
        clientCertificate = OpcUaSession.named(clientCertificate, change);
        serverCertificate = OpcUaSession.named(serverCertificate, change);
    }

    void midstream() {
        joined = true;
    }

    void missed(int direction) {
        joined = true;
        sequenceKnown[index(direction)] = false;
    }

    /**
     * Most chunks of a message in a direction: Hello bounds responses, Acknowledge requests (OPC 10000-6 §7.1.2.3 and
     * §7.1.2.4). As an Int32 the numbers from 2^31 are negative, and as good as no limit.
     */
    int mostChunks(int direction, int own) {
        int announced = chunks[index(direction)];
        return announced > 0 ? Math.min(announced, own) : own;
    }

    /**
     * Most bytes of a message's body in a direction. Every buffer holds 8192 bytes at least (§7.1.2.3), so that a limit
     * below does not say what its receiver can take; stacks that announce 4000 and are sent more do exist, and work. It
     * is not taken for a limit, and our own holds.
     */
    long mostBytes(int direction, long own) {
        int announced = messageBytes[index(direction)];
        return announced >= SMALLEST_BUFFER ? Math.min(announced, own) : own;
    }

    /** Largest chunk in a direction. */
    int mostChunkBytes(int direction, int own) {
        int announced = chunkBytes[index(direction)];
        return announced >= SMALLEST_ANNOUNCED ? Math.min(announced, own) : own;
    }

    static int index(int direction) {
        return direction == Dissector.TO_SERVER ? 0 : 1;
    }

    /** A secured channel hides its mode until the first message: then it can be read, or not. */
    boolean secured() {
        return policy != OpcUaSecurity.UNKNOWN && OpcUaSecurity.rank(policy) != OpcUaSecurity.RANK_NONE;
    }

    void opened(int itsPolicy) {
        policy = itsPolicy;
        signature = OpcUaSecurity.signature(itsPolicy);
        signatureKnown = true;
    }

    boolean signatureKnown() {
        return signatureKnown;
    }

    /**
     * The first answer on a channel that was taken for encrypted, since its first request made no sense. If the answer
     * does, the channel is only signed, and the request was none of a service that exists.
     */
    void confirm(boolean answerIsClear) {
        if (!confirmed && secured() && answerIsClear) {
            mode = OpcUaMeaning.MODE_SIGN;
        }
        confirmed = true;
    }

    /** What was left behind the first body that was read to its end. */
    void learn(int bytes) {
        signature = bytes;
        signatureKnown = true;
        mode = mode == 0 ? (bytes == 0 ? OpcUaMeaning.MODE_NONE : OpcUaMeaning.MODE_SIGN) : mode;
    }

    /** The server has answered OpenSecureChannel; the token is 0 where it cannot be read. */
    void granted(int id, int itsToken) {
        channelId = id;
        channelKnown = true;
        state = OPEN;
        if (itsToken != 0 && tokens > 0) {
            earlierToken = token;
            token = itsToken;
            tokens = 2;
        } else if (itsToken != 0) {
            token = itsToken;
            tokens = 1;
        } else {
            fresh++;
        }
    }

    boolean isChannel(int id) {
        return !channelKnown || id == channelId;
    }

    boolean hasChannel() {
        return channelKnown;
    }

    /** Whether a symmetric chunk is of this channel: 0, or a negated problem. The old token lives on after a renewal. */
    int belongs(int id, int itsToken) {
        if (!channelKnown) {
            channelId = id;
            channelKnown = true;
        }
        if (id != channelId) {
            return -CHANNEL_ID.code();
        }
        boolean known = (tokens > 0 && itsToken == token) || (tokens > 1 && itsToken == earlierToken);
        if (!known && fresh == 0 && !joined) {
            return -CHANNEL_ID.code();
        }
        if (!known) {
            earlierToken = token;
            token = itsToken;
            tokens = Math.min(2, tokens + 1);
            fresh = Math.max(0, fresh - 1);
        }
        return 0;
    }

    /** Each chunk's number is the one before plus one, over the whole life of a channel. */
    int follows(int direction, int number) {
        int d = index(direction);
        boolean next = !sequenceKnown[d] || number == sequence[d] + 1
                || (Integer.compareUnsigned(sequence[d], WRAPS_ABOVE) > 0 && number >= 0 && number < AFTER_WRAP);
        if (!next) {
            return -SEQUENCE_NUMBER.code();
        }
        sequence[d] = number;
        sequenceKnown[d] = true;
        return 0;
    }

    /** A chunk whose number cannot be read has one all the same. */
    void hidden(int direction) {
        sequence[index(direction)]++;
    }

    void traits(Facts facts) {
        if (policy != OpcUaSecurity.UNKNOWN) {
            facts.trait(OpcUaMeaning.SECURITY, OpcUaSecurity.rank(policy));
        }
        if (mode != 0) {
            facts.trait(OpcUaMeaning.MODE, mode);
        }
        facts.trait(OpcUaMeaning.CLIENT_CERTIFICATE, clientCertificate);
        facts.trait(OpcUaMeaning.SERVER_CERTIFICATE, serverCertificate);
    }
}
