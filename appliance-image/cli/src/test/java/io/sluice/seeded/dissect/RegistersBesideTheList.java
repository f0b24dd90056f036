package io.sluice.seeded.dissect;

import io.sluice.seeded.dissect.opcua.Opcua;

/** A seeded violation: {@code Protocols} is the one place that names protocols. */
public final class RegistersBesideTheList {
    public Object protocol() {
        return new Opcua();
    }
}
