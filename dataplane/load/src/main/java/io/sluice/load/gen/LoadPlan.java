package io.sluice.load.gen;

/**
 * What a load is made of. Equal plans make equal frames.
 *
 * @param seed of all that is drawn: addresses, ports, sequence numbers, registers, values
 * @param flows TCP connections, 1 to {@link #MOST_FLOWS}
 * @param depth exchanges that one flow has under way at most
 * @param window exchanges that all flows together have under way at most
 * @param exchange what is asked and answered
 * @param serverPort TCP port of the servers
 */
public record LoadPlan(long seed, int flows, int depth, int window, Exchange exchange, int serverPort) {
    /** Each has a client port of its own. */
    public static final int MOST_FLOWS = 60_000;
    /** Requests that one Modbus connection may leave unanswered before a firewall forgets the oldest. */
    private static final int MOST_MESSAGES = 64;

    public LoadPlan {
        if (flows < 1 || flows > MOST_FLOWS || window < 1 || serverPort < 1 || serverPort > 65_535) {
            throw new IllegalArgumentException("flows " + flows + ", window " + window + ", port " + serverPort);
        }
        if (depth < 1 || depth * exchange.messages() > MOST_MESSAGES) {
            throw new IllegalArgumentException("depth " + depth + " of " + exchange);
        }
    }
}
