package io.sluice.dissect.opcua;

import io.sluice.dissect.Columns;
import io.sluice.dissect.Dissector;
import io.sluice.dissect.Limits;
import io.sluice.dissect.Protocol;
import io.sluice.dissect.Session;
import io.sluice.dissect.Vocabulary;

/** OPC UA binary over TCP. Only its words, until its messages are read. */
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
        throw new UnsupportedOperationException();
    }

    @Override
    public Dissector dissector(Limits limits) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Session session(Limits limits) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean datagrams() {
        return false;
    }
}
