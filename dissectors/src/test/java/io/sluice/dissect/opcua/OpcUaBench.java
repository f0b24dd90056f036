package io.sluice.dissect.opcua;

import static io.sluice.dissect.Dissector.TO_CLIENT;
import static io.sluice.dissect.Dissector.TO_SERVER;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.sluice.dissect.Dissector;
import io.sluice.dissect.Facts;
import io.sluice.dissect.Limits;
import io.sluice.dissect.Malformed;
import io.sluice.dissect.Names;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/** A dissector with its session and facts, and single chunks put through it as a flow would; it numbers them. */
final class OpcUaBench {
    static final int CHANNEL = 7;
    static final int TOKEN = 3;
    static final String NONE = "http://opcfoundation.org/UA/SecurityPolicy#None";

    final Dissector dissector;
    final OpcUaSession session;
    final Facts facts = new Facts();
    /** The number of each direction's next chunk. */
    final int[] sequence = {1, 51};
    int token = TOKEN;
    /** The names of the policy. */
    List<String> nodes;

    OpcUaBench(String... nodes) {
        this(Limits.DEFAULT, nodes);
    }

    OpcUaBench(Limits limits, String... nodes) {
        this(OpcUa.PROTOCOL.dissector(limits), nodes);
    }

    /** A connection of its own, of the same worker as others. */
    OpcUaBench(Dissector shared, String... nodes) {
        dissector = shared;
        session = (OpcUaSession) OpcUa.PROTOCOL.session(Limits.DEFAULT);
        this.nodes = List.of(nodes);
        session.names(new Names(this.nodes.stream().map(n -> OpcUaNode.of(n).key()).toList()));
    }

    /** With an open channel without security. */
    static OpcUaBench open(String... nodes) {
        OpcUaBench bench = new OpcUaBench(nodes);
        bench.open();
        return bench;
    }

    void open() {
        require(Dissector.REQUEST, see(TO_SERVER, hello()));
        dissector.decided(session, true, 0);
        require(Dissector.RESPONSE, see(TO_CLIENT, acknowledge()));
        require(Dissector.REQUEST, see(TO_SERVER, openRequest(0, 0)));
        dissector.decided(session, true, 0);
        require(Dissector.RESPONSE, see(TO_CLIENT, openResponse(CHANNEL, TOKEN)));
    }

    private static void require(int expected, int outcome) {
        if (outcome != expected) {
            throw new AssertionError("expected " + expected + ", was " + word(outcome));
        }
    }

    static byte[] hello() {
        return framed("HELF", OpcUaBytes.of().u32(0).u32(65_535).u32(65_535).u32(0).u32(0)
                .string("opc.tcp://10.0.0.5:4840").done());
    }

    static byte[] acknowledge() {
        return framed("ACKF", OpcUaBytes.of().u32(0).u32(65_535).u32(65_535).u32(0).u32(0).done());
    }

    /** @param type 0 Issue, 1 Renew */
    byte[] openRequest(int channel, int type) {
        return framed("OPNF", OpcUaBytes.of().u32(channel).string(NONE).none().none().u32(sequence[0]++)
                .u32(1).raw(OpcUaBytes.request(446).u32(0).u32(type).u32(1).none().u32(3_600_000).done()).done());
    }

    byte[] openResponse(int channel, int itsToken) {
        return framed("OPNF", OpcUaBytes.of().u32(channel).string(NONE).none().none().u32(sequence[1]++)
                .u32(1).raw(OpcUaBytes.response(449).u32(0).u32(channel).u32(itsToken).u64(0).u32(3_600_000).none()
                        .done())
                .done());
    }

    /** A chunk with its header: {@code MSGF} and the like, and what follows the size. */
    static byte[] framed(String type, byte[] rest) {
        return OpcUaBytes.of().raw(type.getBytes(java.nio.charset.StandardCharsets.US_ASCII)).u32(rest.length + 8)
                .raw(rest).done();
    }

    /** The next symmetric chunk of a direction. */
    byte[] chunk(int direction, String type, int requestId, byte[] body) {
        return framed(type, OpcUaBytes.of().u32(CHANNEL).u32(token).u32(sequence[direction]++).u32(requestId).raw(body)
                .done());
    }

    /** What happens to the first {@code available} bytes, in a segment that holds not one byte more. */
    int see(int direction, byte[] message, int available) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(Math.max(1, available), 1).asSlice(0, available);
            return see(direction, message, available, bytes);
        }
    }

    private int see(int direction, byte[] message, int available, MemorySegment bytes) {
        MemorySegment.copy(message, 0, bytes, JAVA_BYTE, 0, available);
        facts.reset(bytes);
        int size = dissector.frame(session, direction, bytes, 0, available);
        int outcome = size <= 0 ? size : dissector.inspect(session, direction, bytes, 0, size, available, facts);
        said = said();
        return outcome;
    }

    /** What the facts of the last chunk said, in one line. */
    String said = "";

    int see(int direction, byte[] message) {
        return see(direction, message, message.length);
    }

    /** A request of one chunk, decided. */
    String ask(int id, OpcUaBytes body, boolean allowed) {
        int outcome = see(TO_SERVER, chunk(TO_SERVER, "MSGF", id, body.done()));
        if (outcome == Dissector.REQUEST) {
            dissector.decided(session, allowed, id);
        }
        return outcome == Dissector.REQUEST ? said : word(outcome);
    }

    String ask(int id, OpcUaBytes body) {
        return ask(id, body, true);
    }

    String answer(int id, OpcUaBytes body) {
        return word(see(TO_CLIENT, chunk(TO_CLIENT, "MSGF", id, body.done())));
    }

    /** A chunk of a request that goes on: what it adds, or the reason's word. */
    String piece(int id, byte[] body) {
        int outcome = see(TO_SERVER, chunk(TO_SERVER, "MSGC", id, body));
        return outcome == Dissector.PART ? "part" + (said.isEmpty() ? "" : ": " + said) : word(outcome);
    }

    /** Each span: operation, attribute, item, what it is called on, values. */
    private String said() {
        StringBuilder all = new StringBuilder();
        for (int span = 0; span < facts.spans(); span++) {
            all.append(all.isEmpty() ? "" : ", ").append(OPERATIONS.get(facts.operation(span)));
            if (facts.scope(span) != 0) {
                all.append(" .").append(facts.scope(span));
            }
            all.append(' ').append(item(facts.operation(span), facts.low(span)));
            if (facts.operation(span) == OpcUaMeaning.CALL) {
                all.append(" on ").append(item(OpcUaMeaning.CALL, facts.extra(span)));
            }
            all.append(facts.times(span) > 1 ? " x" + facts.times(span) : "").append(values(span));
        }
        return (facts.opaque() ? "opaque " : "") + all;
    }

    private static final List<String> OPERATIONS = List.of("browse", "read", "write", "call", "subscribe",
            "history-read", "history-update", "manage-nodes", "register-server", "service", "encrypted", "discovery",
            "session");

    private String item(int operation, int item) {
        if (item < 0) {
            return "?";
        }
        return operation >= OpcUaMeaning.REGISTER_SERVER ? OpcUaServices.name(item) : nodes.get(item);
    }

    private String values(int span) {
        if (facts.encoding(span) == Facts.NO_VALUE) {
            return "";
        }
        if (facts.encoding(span) == Facts.UNKNOWN_VALUE) {
            return " = ?";
        }
        double[] values = new double[facts.readable(span)];
        for (int i = 0; i < values.length; i++) {
            long form = facts.value(span, i);
            int name = io.sluice.dissect.OrderedNumber.nameAt(form);
            values[i] = name >= 0 ? -1000 - name : io.sluice.dissect.OrderedNumber.number(form);
        }
        return " = " + Arrays.toString(values);
    }

    /** {@code ok} for a whole message, {@code part}, {@code more} for less than a chunk, or the reason's word. */
    static String word(int outcome) {
        if (outcome < 0) {
            return Malformed.of(outcome).word();
        }
        return outcome == Dissector.PARTIAL ? "more" : outcome == Dissector.PART ? "part" : "ok";
    }
}
