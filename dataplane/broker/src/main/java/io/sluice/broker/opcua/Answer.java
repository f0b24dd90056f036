package io.sluice.broker.opcua;

import java.util.Optional;

/**
 * An answer that names endpoints, OPC 10000-4 §5.5.2.2 (FindServers), §5.5.4.2 (GetEndpoints) and §5.7.2.2
 * (CreateSession). A copy is made of it in which the URLs of the device have host and port by which the client came; path
 * and all else stay.
 */
final class Answer {
    /** Numbers of the encodings, OPC 10000-6 annex A.3. */
    private static final int FIND_SERVERS = 425, GET_ENDPOINTS = 431, CREATE_SESSION = 464;
    /** The type of a message: a NodeId of four or seven bytes. */
    private static final int FOUR_BYTE = 1, NUMERIC = 2;
    /** The least that an ApplicationDescription, an EndpointDescription, a UserTokenPolicy and a certificate can have. */
    private static final int APPLICATION = 25, ENDPOINT = 50, TOKEN = 20, CERTIFICATE = 8;

    private final Fields fields;
    private final Target target;
    private final Authority came;
    private int replaced;
    private int elsewhere;

    /** A message, and what became of it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Copy(Outcome outcome, byte[] message) {}

    private Answer(Fields fields, Target target, Authority came) {
        this.fields = fields;
        this.target = target;
        this.came = came;
    }

    /** Whether a message that begins so may name endpoints; at least 7 bytes are looked at where they are there. */
    static boolean begins(byte[] start, int length) {
        int type = 0;
        if (length >= 4 && start[0] == FOUR_BYTE && start[1] == 0) {
            type = (start[2] & 0xFF) | (start[3] & 0xFF) << 8;
        } else if (length >= 7 && start[0] == NUMERIC && start[1] == 0 && start[2] == 0 && start[5] == 0
                && start[6] == 0) {
            type = (start[3] & 0xFF) | (start[4] & 0xFF) << 8;
        }
        return type == FIND_SERVERS || type == GET_ENDPOINTS || type == CREATE_SESSION;
    }

    /**
     * Copies a message.
     *
     * @param came by which host and port the client came
     * @param most bytes that the copy may have
     */
    static Copy of(byte[] message, Target target, Authority came, int most) {
        Fields fields = new Fields(message, most);
        Answer answer = new Answer(fields, target, came);
        answer.all(type(message));
        if (fields.overfull()) {
            return new Copy(Outcome.TOO_LARGE, message);
        }
        if (!fields.sound() || !fields.atEnd()) {
            return new Copy(Outcome.NOT_DECODED, message);
        }
        if (answer.replaced == 0) {
            return new Copy(answer.elsewhere > 0 ? Outcome.ELSEWHERE : Outcome.AS_IT_WAS, message);
        }
        return new Copy(Outcome.REWRITTEN, fields.copied());
    }

    private static int type(byte[] message) {
        int at = message[0] == FOUR_BYTE ? 2 : 3;
        return (message[at] & 0xFF) | (message[at + 1] & 0xFF) << 8;
    }

    private void all(int type) {
        BuiltIns.nodeId(fields);
        BuiltIns.responseHeader(fields);
        switch (type) {
            case FIND_SERVERS -> servers();
            case GET_ENDPOINTS -> endpoints();
            default -> session();
        }
    }

    /** A server that is no discovery server answers with itself alone, OPC 10000-4 §5.5.2.1. */
    private void servers() {
        int count = fields.copyCount(APPLICATION);
        for (int i = 0; i < count && fields.sound(); i++) {
            application(count == 1);
        }
    }

    private void session() {
        BuiltIns.nodeId(fields);
        BuiltIns.nodeId(fields);
        fields.copy(Double.BYTES);
        fields.copyText();
        fields.copyText();
        endpoints();
        for (int left = fields.copyCount(CERTIFICATE); left > 0 && fields.sound(); left--) {
            fields.copyText();
            fields.copyText();
        }
        fields.copyText();
        fields.copyText();
        fields.copy(Integer.BYTES);
    }

    /** These are the answering server's own, OPC 10000-4 §5.5.4.1. */
    private void endpoints() {
        for (int left = fields.copyCount(ENDPOINT); left > 0 && fields.sound(); left--) {
            url(true);
            application(true);
            fields.copyText();
            fields.copy(Integer.BYTES);
            fields.copyText();
            for (int tokens = fields.copyCount(TOKEN); tokens > 0 && fields.sound(); tokens--) {
                fields.copyText();
                fields.copy(Integer.BYTES);
                fields.copyText();
                fields.copyText();
                fields.copyText();
            }
            fields.copyText();
            fields.copy(1);
        }
    }

    private void application(boolean ofItself) {
        fields.copyText();
        fields.copyText();
        BuiltIns.localizedText(fields);
        fields.copy(Integer.BYTES);
        fields.copyText();
        fields.copyText();
        for (int left = fields.copyCount(Integer.BYTES); left > 0 && fields.sound(); left--) {
            url(ofItself);
        }
    }

    private void url(boolean ofItself) {
        String url = fields.read();
        Optional<Authority> leads = Authority.of(url).filter(found -> !found.text().equals(came.text()));
        if (fields.sound() && leads.isPresent() && target.named(leads.get(), ofItself)) {
            fields.write(url.substring(0, Authority.SCHEME.length()) + came.text() + url.substring(leads.get().end()));
            replaced++;
        } else {
            elsewhere += leads.isPresent() ? 1 : 0;
            fields.copyText();
        }
    }
}
