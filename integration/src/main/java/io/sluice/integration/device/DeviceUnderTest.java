package io.sluice.integration.device;

import java.nio.file.Path;
import java.util.List;

/** What joins the ports of the namespace in the middle. */
public interface DeviceUnderTest {
    /** Starts it, and returns when frames pass. */
    void start();

    /** Asks it to end, and waits until it has. */
    void stop();

    /** Ends it without notice, as {@code kill -9} or a power cut would. */
    void kill();

    /** Replaces the policy while it runs. */
    void apply(Path policy);

    /** What it has printed so far. */
    List<String> said();
}
