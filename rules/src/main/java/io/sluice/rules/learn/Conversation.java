package io.sluice.rules.learn;

import java.util.Comparator;

/**
 * Who asks whom, over what.
 *
 * @param protocol whose messages were read; empty where none were
 * @param transport IP protocol number
 * @param port of the server; 0 where there is none
 */
public record Conversation(Host client, Host server, String protocol, int transport, int port) implements Ranked {
    static final Comparator<Conversation> ORDER = Comparator.comparing(Conversation::client)
            .thenComparing(Conversation::server).thenComparing(Conversation::protocol)
            .thenComparingInt(Conversation::transport).thenComparingInt(Conversation::port);

    public static final int TCP = 6;
    public static final int UDP = 17;

    @Override
    public long rank() {
        long ends = Ranked.mix(Ranked.mix(2, client.rank()), server.rank());
        return Ranked.mix(Ranked.mix(Ranked.mix(ends, protocol), transport), port);
    }

    public boolean inspected() {
        return !protocol.isEmpty();
    }

    /** {@code tcp port 443}. */
    public String service() {
        return switch (transport) {
            case TCP -> "tcp port " + port;
            case UDP -> "udp port " + port;
            default -> "ping";
        };
    }

    @Override
    public String toString() {
        return client.text() + " to " + server.text() + ", " + (inspected() ? protocol + " on " : "") + service();
    }
}
