package io.sluice.seeded.rules;

import io.sluice.seeded.dissect.modbus.AsksAnotherProtocol;

/** A seeded violation: rules speak the words of vocabularies, not of one protocol. */
public final class KnowsAProtocol {
    public boolean isModbus(Object protocol) {
        return protocol instanceof AsksAnotherProtocol;
    }
}
