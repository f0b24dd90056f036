package io.sluice.load.gen;

/** How far every flow is, on both sides. Numbers count exchanges from 0. */
final class FlowStates {
    /** Requests sent, not counting those sent again. */
    final long[] sent;
    /** Answers that arrived in order at the client. */
    final long[] answered;
    /** Requests that arrived in order at the server. */
    final long[] served;
    /** The client's handshake is done. */
    final boolean[] open;
    /** The client's SYN was sent. */
    final boolean[] opening;

    FlowStates(int flows) {
        sent = new long[flows];
        answered = new long[flows];
        served = new long[flows];
        open = new boolean[flows];
        opening = new boolean[flows];
    }
}
