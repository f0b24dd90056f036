package io.sluice.inline.settings;

import io.sluice.capture.port.Backend;
import io.sluice.control.ControlSocket;
import io.sluice.rules.policy.Network;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one appliance is told beside its policy. Paths are absolute.
 *
 * @param ports by the names that policies use, in the order of the file
 * @param jump the port that Sluice makes for jump sessions
 * @param backend a means to receive and send, or empty: the best that works
 * @param policy where the first policy comes from
 * @param data where policies and journal are kept
 * @param requireSync rules with a window hold only while the clock is synchronised
 * @param management address and port where management will listen
 * @param broker address and port where the broker will listen
 * @param cpus processors that packet threads are pinned to, one each; empty: wherever the kernel likes
 * @param priority real-time priority of packet threads, 1 to 99; 0: none
 */
public record Settings(Map<String, PortSettings> ports, Optional<JumpSettings> jump, Optional<Backend> backend,
        Shape pipeline, Idle idle, Offloads offloads, Fallback fallback, Path policy, Path data, boolean requireSync,
        ControlSocket control, JournalSettings journal, Optional<String> management, Optional<String> broker,
        List<Integer> cpus, int priority, Limits limits) {

    public Settings {
        cpus = List.copyOf(cpus);
    }

    /** How packet threads are laid out. */
    public enum Shape {
        /** By the number of processors. */
        AUTO,
        DIRECT,
        SHARDED
    }

    /** What packet threads do while no frame comes. */
    public enum Idle {
        /** Spin for a moment, then sleep until a frame comes. */
        ADAPTIVE,
        /** Never sleep: a few microseconds less, and a processor each. */
        SPIN
    }

    public enum Offloads {
        /** Switched off while Sluice runs. */
        OFF,
        /** Left to the kernel: frames longer than the wire carries, larger rings. */
        KERNEL
    }

    /** What happens to traffic while Sluice does not run. */
    public enum Fallback {
        /** It stops. */
        CLOSED
    }

    /**
     * Bounds of memory.
     *
     * @param flows remembered at once
     * @param memoryBytes native memory for streams and fragments
     */
    public record Limits(int flows, long memoryBytes) {}

    /** Where the journal lies, and in it the key that signs it. */
    public Path journalFolder() {
        return data.resolve("journal");
    }

    /** The addresses from which jump sessions reach devices. */
    public List<Network> jumpAddresses() {
        return jump.map(JumpSettings::addresses).orElse(List.of()).stream()
                .flatMap(address -> Network.parse(address.address()).stream()).toList();
    }

    /**
     * Whether a policy can be enforced by this appliance: each port that it names must be there, and each port here must
     * belong to one of its zones.
     */
    public List<Problem> against(Policy other) {
        return new PolicyFit(this, other).problems();
    }
}
