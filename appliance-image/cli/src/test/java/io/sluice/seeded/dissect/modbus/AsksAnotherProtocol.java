package io.sluice.seeded.dissect.modbus;

import io.sluice.seeded.dissect.opcua.Opcua;

/** A seeded violation: protocols never import one another. */
public final class AsksAnotherProtocol {
    public Object other() {
        return new Opcua();
    }
}
