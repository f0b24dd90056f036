package io.sluice.seeded.replay;

import io.netty.channel.Channel;

/** A violation: only control knows how its socket is served. */
final class UsesNetty {
    private UsesNetty() {}

    static boolean open(Channel channel) {
        return channel.isOpen();
    }
}
