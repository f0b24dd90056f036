package io.sluice.manage.assets;

import io.sluice.manage.event.Event;

/** Hears of what an inventory sees for the first time, as it sees it. Addresses are those of the wire. */
public interface InventoryListener {
    /** Nobody was seen at this address before. */
    default void device(String address, Event event) {}

    /** An address uses another network card, or another device uses the address. */
    default void station(String address, String mac, Event event) {}

    /**
     * A client and a server speak so for the first time.
     *
     * @param clientSince when the client was seen first, microseconds since 1970-01-01T00:00Z
     */
    default void relation(String client, long clientSince, String server, long serverSince, String protocol,
            Event event) {}

    /**
     * They use a function for the first time.
     *
     * @param relationSince when they were first seen to speak so
     * @param at when they did it at the earliest: of a flow that was not told of before its start
     */
    default void function(String client, String server, String protocol, long relationSince, String function,
            long at, Event event) {}

    /** Requests that were let through since the last such call, told of a flow. */
    default void requests(String client, String server, String protocol, long count, Event event) {}
}
