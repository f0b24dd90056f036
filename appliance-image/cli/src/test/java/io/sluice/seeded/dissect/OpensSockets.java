package io.sluice.seeded.dissect;

import java.net.InetSocketAddress;

/** A seeded violation: a dissector sees bytes only. */
public final class OpensSockets {
    public Object peer() {
        return new InetSocketAddress(502);
    }
}
