package io.sluice.dissect.opcua;

import io.sluice.dissect.Columns;
import io.sluice.dissect.Dissector;
import io.sluice.dissect.Limits;
import io.sluice.dissect.Protocol;
import io.sluice.dissect.Session;
import io.sluice.dissect.Vocabulary;
import java.lang.foreign.MemorySegment;

/** OPC UA binary over TCP ({@code opc.tcp}). */
public final class OpcUa implements Protocol {
    public static final Protocol PROTOCOL = new OpcUa();

    private final Vocabulary vocabulary = new OpcUaVocabulary();

    private OpcUa() {}

    @Override
    public String name() {
        return "opcua";
    }

    @Override
    public int defaultPort() {
        return 4840;
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    @Override
    public Columns columns() {
        return OpcUaColumns.INSTANCE;
    }

    @Override
    public boolean introduces(int direction, MemorySegment bytes, long at, int size) {
        return OpcUaApplication.isIn(direction, bytes, at, size);
    }

    @Override
    public Dissector dissector(Limits limits) {
        return new OpcUaDissector(limits.opcUa());
    }

    @Override
    public Session session(Limits limits) {
        return new OpcUaSession(limits.opcUa());
    }
}
