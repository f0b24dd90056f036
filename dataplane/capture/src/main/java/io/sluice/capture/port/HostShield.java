package io.sluice.capture.port;

import java.util.Optional;

/**
 * Keeps what arrives at an interface from the host's own network stack, which would otherwise look at every frame, and answer
 * those that are for it: a program at the ingress hook tcx (Linux 6.6) that drops them. Ports see frames before that.
 *
 * <p>It ends with {@link #close}, and with the process however that ends. A firewall works without it, at a higher price: the
 * interface then should have no addresses.
 */
public final class HostShield implements AutoCloseable {
    private static final int NONE = -1;
    /** Moves an immediate value to a register; returns register 0. */
    private static final int MOVE = 0xb7;
    private static final int EXIT = 0x95;
    /** linux/pkt_cls.h */
    private static final int TC_ACT_SHOT = 2;

    private int link;
    private final Optional<String> missing;

    private HostShield(int link, Optional<String> missing) {
        this.link = link;
        this.missing = missing;
    }

    /** Holds a shield over an interface, if the kernel lets us. */
    public static HostShield over(String interfaceName) {
        try {
            return new HostShield(attach(Libc.interfaceIndex(interfaceName)), Optional.empty());
        } catch (NativeException e) {
            return new HostShield(NONE, Optional.of(
                    "the host's own network stack also sees what arrives at `%s`: a program that would prevent it is not granted (%s)"
                            .formatted(interfaceName, e.getMessage())));
        }
    }

    private static int attach(int index) throws NativeException {
        int program = Bpf.load(Bpf.SCHED_CLS, 0, Bpf.instruction(MOVE, 0, 0, TC_ACT_SHOT),
                Bpf.instruction(EXIT, 0, 0, 0));
        try {
            return Bpf.link(program, index, Bpf.ATTACH_TCX_INGRESS, 0);
        } finally {
            Libc.close(program);
        }
    }

    /** Why there is no shield, for people; empty when there is one. */
    public Optional<String> missing() {
        return missing;
    }

    @Override
    public synchronized void close() {
        if (link != NONE) {
            Libc.close(link);
            link = NONE;
        }
    }
}
