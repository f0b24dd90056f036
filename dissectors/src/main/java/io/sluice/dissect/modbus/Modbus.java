package io.sluice.dissect.modbus;

import io.sluice.dissect.Columns;
import io.sluice.dissect.Dissector;
import io.sluice.dissect.Limits;
import io.sluice.dissect.Protocol;
import io.sluice.dissect.Session;
import io.sluice.dissect.Vocabulary;
import java.lang.foreign.MemorySegment;

/** Modbus over TCP and UDP. */
public final class Modbus implements Protocol {
    public static final Protocol PROTOCOL = new Modbus();

    private final Vocabulary vocabulary = new ModbusVocabulary();

    private Modbus() {}

    @Override
    public String name() {
        return "modbus";
    }

    @Override
    public int defaultPort() {
        return 502;
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    @Override
    public Columns columns() {
        return ModbusColumns.INSTANCE;
    }

    @Override
    public boolean introduces(int direction, MemorySegment bytes, long at, int size) {
        return ModbusIdentification.isIn(direction, bytes, at, size);
    }

    @Override
    public Dissector dissector(Limits limits) {
        return new ModbusDissector(limits);
    }

    @Override
    public Session session(Limits limits) {
        return new ModbusSession(limits.outstandingRequests());
    }
}
