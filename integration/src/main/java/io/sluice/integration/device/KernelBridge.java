package io.sluice.integration.device;

import io.sluice.testdata.net.Namespace;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** The kernel's bridge: what everything that is permitted is compared with, and where whatever is denied must be seen to pass. */
public final class KernelBridge implements DeviceUnderTest {
    private static final String NAME = "bridge";

    private final Namespace namespace;
    private final Collection<String> links;

    public KernelBridge(Namespace namespace, Collection<String> links) {
        this.namespace = namespace;
        this.links = links;
    }

    @Override
    public void start() {
        namespace.bridge(NAME, links.toArray(String[]::new));
    }

    @Override
    public void stop() {
        namespace.ip("link", "delete", NAME);
    }

    @Override
    public void kill() {
        stop();
    }

    @Override
    public void apply(Path policy) {
        // It has none.
    }

    @Override
    public List<String> said() {
        return List.of("a bridge has nothing to say");
    }
}
