package io.sluice.dissect.opcua;

import io.sluice.dissect.Malformed;
import io.sluice.dissect.Renumbering;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The message of several chunks that one direction is in the middle of, OPC 10000-6 §6.7.2.2: which it is, and its body
 * as far as it has come, put together where somebody has to read it.
 */
final class OpcUaAssembly {
    /** A message is under way. */
    boolean open;
    int requestId;
    int chunks;
    /** Bytes of body so far, whether kept or not. */
    long bytes;
    /** Its service, or {@link OpcUaServices#UNKNOWN}. */
    int service;
    /** The TypeId's number, or -1. */
    int typeId;
    /** Refused already: the rest is only walked over. */
    boolean refused;
    int verdict;
    /** Where its first item that has not been judged lies, and how many have. */
    final OpcUaProgress progress = new OpcUaProgress();

    private @Nullable OpcUaStore store;
    private MemorySegment memory = MemorySegment.NULL;
    private boolean owned;
    private long kept;

    /**
     * Forgets the message and gives its memory back, lest connections that sent one long request once use up what all
     * of a worker have. What was kept may still be read until the worker looks at its next chunk.
     */
    void end() {
        open = false;
        refused = false;
        if (store != null && owned) {
            store.give(memory);
        }
        owned = false;
    }

    /** The rest of it does not matter any more, but for its response. */
    void refuse(int itsVerdict) {
        refused = true;
        verdict = itsVerdict;
    }

    void renumber(Renumbering change) {
        verdict = OpcUaSession.renumbered(verdict, change);
    }

    void reset() {
        end();
        memory = MemorySegment.NULL;
        kept = 0;
    }

    void begin(int id, int type, int itsService) {
        open = true;
        requestId = id;
        chunks = 0;
        bytes = 0;
        kept = 0;
        memory = MemorySegment.NULL;
        typeId = type;
        service = itsService;
        refused = false;
        progress.reset();
    }

    /** Counts one more chunk whose body nobody has to read. */
    void pass(long length) {
        chunks++;
        bytes += length;
    }

    /** Takes the body of one more chunk: 0, or a negated problem. */
    int append(OpcUaStore from, MemorySegment source, long at, long length, int mostChunks, long mostBytes) {
        pass(length);
        if (chunks > mostChunks) {
            return -Malformed.TOO_MANY_CHUNKS.code();
        }
        return keep(from, source, at, length, mostBytes) ? 0 : -Malformed.MESSAGE_SIZE.code();
    }

    private boolean keep(OpcUaStore from, MemorySegment source, long at, long length, long most) {
        store = from;
        long needed = kept + length;
        if (needed > most) {
            return false;
        }
        if (needed > memory.byteSize()) {
            MemorySegment larger = from.take(needed);
            if (larger.byteSize() == 0) {
                return false;
            }
            MemorySegment.copy(memory, 0, larger, 0, kept);
            from.give(memory);
            memory = larger;
            owned = true;
        }
        MemorySegment.copy(source, at, memory, kept, length);
        kept = needed;
        return true;
    }

    MemorySegment memory() {
        return memory;
    }

    long kept() {
        return kept;
    }
}
