package io.sluice.seeded.inline;

import io.netty.channel.Channel;

/** A seeded violation: sockets of the control API are the control module's. */
public final class UsesNetty {
    public boolean isConnection(Object peer) {
        return peer instanceof Channel;
    }
}
