package io.sluice.inline;

import io.sluice.capture.port.Opened;
import io.sluice.capture.port.PortRequest;
import io.sluice.capture.port.Ports;
import io.sluice.capture.port.Tap;
import io.sluice.engine.EngineLimits;
import io.sluice.inline.event.JournalFeed;
import io.sluice.inline.pipeline.LivePort;
import io.sluice.inline.pipeline.PathOptions;
import io.sluice.inline.pipeline.PortPlan;
import io.sluice.inline.pipeline.Threads;
import io.sluice.inline.settings.JumpSettings;
import io.sluice.inline.settings.PortSettings;
import io.sluice.inline.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** What settings mean for the packet path. */
final class Layout {
    /** The name of the port for jump sessions; no port of the settings can be called so. */
    private static final String JUMP = "(jump)";
    /** Super-frames take up to 64 KiB each, so there are fewer of them. */
    private static final int SUPER_FRAMES = 1024;

    private final Settings settings;

    Layout(Settings settings) {
        this.settings = settings;
    }

    List<PortPlan> ports() {
        List<PortPlan> plans = new ArrayList<>(settings.ports().values().stream().map(this::plan).toList());
        settings.jump().ifPresent(jump -> plans.add(new PortPlan(JUMP, jump.tap(), LivePort.Role.JUMP,
                () -> new Opened(Tap.create(jump.tap(), addresses(jump)),
                        "made here for jump sessions"))));
        return plans;
    }

    private static List<String> addresses(JumpSettings jump) {
        return jump.addresses().stream().map(a -> a.address() + "/" + a.prefix()).toList();
    }

    List<JournalFeed.Port> journalPorts() {
        return ports().stream().map(p -> new JournalFeed.Port(p.name(), p.role() != LivePort.Role.MIRROR)).toList();
    }

    private PortPlan plan(PortSettings port) {
        boolean kernel = settings.offloads() == Settings.Offloads.KERNEL;
        PortRequest request = new PortRequest(port.interfaceName(), settings.backend(), kernel,
                kernel ? SUPER_FRAMES : PortRequest.DEFAULT_RING_FRAMES, port.mirror());
        return new PortPlan(port.name(), port.interfaceName(),
                port.mirror() ? LivePort.Role.MIRROR : LivePort.Role.SWITCHED, () -> Ports.open(request));
    }

    PathOptions options(Consumer<String> notes) {
        Threads threads = new Threads(settings.idle() == Settings.Idle.SPIN, settings.cpus(),
                settings.priority() == 0 ? OptionalInt.empty() : OptionalInt.of(settings.priority()), notes);
        EngineLimits limits = EngineLimits.DEFAULT.withFlows(settings.limits().flows())
                .withBuffers(settings.limits().memoryBytes(), EngineLimits.DEFAULT.streamBytes());
        return new PathOptions(workers(), threads, limits, settings.journal().all(), settings.requireSync());
    }

    private int workers() {
        int processors = Runtime.getRuntime().availableProcessors();
        return switch (settings.pipeline()) {
            case AUTO -> PathOptions.workersFor(processors);
            case DIRECT -> 0;
            case SHARDED -> Math.max(1, PathOptions.workersFor(processors));
        };
    }
}
