package io.sluice.inline.pipeline;

import io.sluice.capture.port.Opened;
import io.sluice.capture.port.PortException;

/**
 * A port to be opened, now and whenever its interface comes back.
 *
 * @param name the name that policies use
 * @param interfaceName the network interface
 * @param role what it is for
 * @param opener opens the interface
 */
public record PortPlan(String name, String interfaceName, LivePort.Role role, Opener opener) {
    /** Opens an interface. */
    @FunctionalInterface
    public interface Opener {
        Opened open() throws PortException;
    }
}
