package io.sluice.dissect.opcua;

import static io.sluice.dissect.Dissector.PART;
import static io.sluice.dissect.Dissector.RESPONSE;
import static io.sluice.dissect.Dissector.TO_CLIENT;

import io.sluice.dissect.Limits.OpcUaLimits;
import io.sluice.dissect.Malformed;
import java.lang.foreign.MemorySegment;

/**
 * MSG chunks from servers, OPC 10000-6 §6.7.2: each is matched with its request. Only of the few responses that tell
 * something for later ({@link OpcUaAnswers}) the body is put together and read.
 */
final class OpcUaResponses {
    private final OpcUaCursor c;
    private final OpcUaAnswers answers;
    private final OpcUaLimits limits;
    private final OpcUaStore store;

    OpcUaResponses(OpcUaCursor cursor, OpcUaAnswers answers, OpcUaLimits limits, OpcUaStore store) {
        c = cursor;
        this.answers = answers;
        this.limits = limits;
        this.store = store;
    }

    /** A chunk of a response, whose number and channel are right. */
    int answer(OpcUaSession s, MemorySegment bytes, long at, int size) {
        OpcUaAssembly assembly = s.assembly(TO_CLIENT);
        int id = OpcUaView.i32(bytes, at + OpcUaView.REQUEST);
        int chunk = OpcUaView.chunk(bytes, at);
        long body = at + OpcUaView.BODY;
        long end = at + size - s.channel.signature;
        if (assembly.open && assembly.requestId != id) {
            return -Malformed.CHUNKS_MIXED.code();
        }
        int asked = s.outstanding.find(Integer.toUnsignedLong(id));
        if (asked == OpcUaTable.ABSENT) {
            return -Malformed.UNSOLICITED.code();
        }
        int service = s.outstanding.first(asked);
        s.lastAnswered = s.outstanding.second(asked);
        if (chunk == 'A') {
            return aborted(s, assembly, asked, id);
        }
        c.wrap(bytes, body, end, chunk == 'F' ? end : OpcUaMessages.OPEN_END);
        int type = assembly.open ? assembly.typeId : c.typeId();
        if (!c.ok()) {
            return -c.problem;
        }
        if (!assembly.open && type != OpcUaServices.FAULT && service != OpcUaServices.UNKNOWN
                && type != OpcUaServices.response(service)) {
            return -Malformed.ANSWER_MISMATCH.code();
        }
        int problem = within(s.channel, assembly, end - body);
        if (problem != 0) {
            assembly.end();
            return problem;
        }
        return chunk == 'F'
                ? finished(s, assembly, asked, type, bytes, body, end)
                : begun(s, assembly, id, service, type, bytes, body, end);
    }

    private static int aborted(OpcUaSession s, OpcUaAssembly assembly, int asked, int id) {
        assembly.end();
        s.outstanding.remove(asked);
        s.answered(id);
        return RESPONSE;
    }

    private int begun(OpcUaSession s, OpcUaAssembly assembly, int id, int service, int type, MemorySegment bytes,
            long body, long end) {
        if (!assembly.open) {
            assembly.begin(id, type, service);
        }
        boolean matters = service != OpcUaServices.UNKNOWN && OpcUaAnswers.matter(s, service, id);
        int problem = matters
                ? assembly.append(store, bytes, body, end - body, limits.responseChunks(), limits.requestBytes())
                : 0;
        if (!matters) {
            assembly.pass(end - body);
        }
        if (problem != 0) {
            assembly.end();
        }
        return problem == 0 ? PART : problem;
    }

    /** One more chunk is as much as the client said it takes, or as we do: 0, or a negated problem. */
    private int within(OpcUaChannel channel, OpcUaAssembly assembly, long length) {
        int chunks = assembly.open ? assembly.chunks + 1 : 1;
        long total = assembly.open ? assembly.bytes + length : length;
        if (chunks > channel.mostChunks(TO_CLIENT, limits.responseChunks())) {
            return -Malformed.TOO_MANY_CHUNKS.code();
        }
        return total > channel.mostBytes(TO_CLIENT, Long.MAX_VALUE) ? -Malformed.MESSAGE_SIZE.code() : 0;
    }

    private int finished(OpcUaSession s, OpcUaAssembly assembly, int asked, int type, MemorySegment bytes, long body,
            long end) {
        int service = s.outstanding.first(asked);
        int id = OpcUaView.i32(bytes, body - OpcUaView.BODY + OpcUaView.REQUEST);
        boolean allowed = OpcUaSession.allowed(s.lastAnswered);
        s.last.service(type);
        s.outstanding.remove(asked);
        boolean matters = allowed && type != OpcUaServices.FAULT && service != OpcUaServices.UNKNOWN
                && OpcUaAnswers.matter(s, service, id);
        if (assembly.open) {
            int problem = matters
                    ? assembly.append(store, bytes, body, end - body, limits.responseChunks(), limits.requestBytes())
                    : 0;
            s.last.chunks = assembly.chunks + (matters ? 0 : 1);
            assembly.end();
            if (problem != 0) {
                return problem;
            }
            c.wrap(assembly.memory(), 0, assembly.kept(), assembly.kept());
            if (matters) {
                c.typeId();
            }
        }
        int problem = matters ? answers.read(s, service, id) : 0;
        s.answered(id);
        return problem == 0 ? RESPONSE : -problem;
    }
}
