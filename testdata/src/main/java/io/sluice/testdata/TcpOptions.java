package io.sluice.testdata;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** TCP options, in the order in which they are named; {@link #bytes} fills up to a multiple of four. RFC 9293 §3.2. */
public final class TcpOptions {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Maximum segment size: kind 2. */
    public TcpOptions maximumSegmentSize(int size) {
        return option(2, new byte[]{(byte) (size >>> 8), (byte) size});
    }

    /** Window scale: kind 3, RFC 7323 §2. */
    public TcpOptions windowScale(int shift) {
        return option(3, new byte[]{(byte) shift});
    }

    /** Selective acknowledgment permitted: kind 4, RFC 2018 §2. */
    public TcpOptions sackPermitted() {
        return option(4, new byte[0]);
    }

    /** Selective acknowledgment: kind 5, RFC 2018 §3; edges are left, right, left, right. */
    public TcpOptions sack(int... edges) {
        byte[] body = new byte[4 * edges.length];
        for (int i = 0; i < edges.length; i++) {
            Wire.put32(body, 4 * i, edges[i]);
        }
        return option(5, body);
    }

    /** Timestamps: kind 8, RFC 7323 §3, led by two no-operations as is usual so that the values are aligned. */
    public TcpOptions timestamps(int value, int echo) {
        byte[] body = new byte[8];
        Wire.put32(body, 0, value);
        Wire.put32(body, 4, echo);
        return noOperation().noOperation().option(8, body);
    }

    public TcpOptions noOperation() {
        bytes.write(1);
        return this;
    }

    /** Any option. The length byte is right; for a wrong one see {@link PacketBuilder#options(byte[])}. */
    public TcpOptions option(int kind, byte[] body) {
        bytes.write(kind);
        bytes.write(2 + body.length);
        bytes.writeBytes(body);
        return this;
    }

    /** The options, ended by zeros up to a multiple of four bytes. */
    public byte[] bytes() {
        byte[] options = bytes.toByteArray();
        return Arrays.copyOf(options, (options.length + 3) / 4 * 4);
    }
}
