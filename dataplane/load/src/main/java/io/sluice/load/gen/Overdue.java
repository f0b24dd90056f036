package io.sluice.load.gen;

import java.util.Arrays;

/** Finds flows that wait in vain and has them send again, after Linux's shortest time-out (TCP_RTO_MIN, 200 ms). */
final class Overdue {
    private static final long SWEEP_NANOS = 50_000_000L;
    private static final int SWEEPS_PATIENCE = 4;

    private final FlowStates states;
    private final Clients clients;
    private final long[] answeredBefore;
    private final byte[] sweepsWithout;
    private long due;

    Overdue(FlowStates states, Clients clients) {
        this.states = states;
        this.clients = clients;
        answeredBefore = new long[states.sent.length];
        sweepsWithout = new byte[states.sent.length];
    }

    /** The loop was not run for a while: nobody could answer meanwhile. */
    void restart(long now) {
        due = now + SWEEP_NANOS;
        Arrays.fill(sweepsWithout, (byte) 0);
    }

    void look(long now) {
        if (now - due >= 0) {
            due = now + SWEEP_NANOS;
            for (int flow = 0; flow < sweepsWithout.length; flow++) {
                sweep(flow);
            }
        }
    }

    private void sweep(int flow) {
        boolean waits = states.open[flow] ? states.sent[flow] > states.answered[flow] : states.opening[flow];
        if (!waits || states.answered[flow] != answeredBefore[flow]) {
            answeredBefore[flow] = states.answered[flow];
            sweepsWithout[flow] = 0;
        } else if (++sweepsWithout[flow] > SWEEPS_PATIENCE) {
            sweepsWithout[flow] = 0;
            if (states.open[flow]) {
                clients.repeat(flow);
            } else {
                clients.open(flow);
                clients.flush();
            }
        }
    }
}
