package io.sluice.integration.evasion;

import io.sluice.testdata.PacketBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** What a script can do: send pieces of messages, in any order and shape, where the stream of the connection goes on. */
public final class Play {
    private static final int BETWEEN_MILLISECONDS = 2;

    private final RawConnection connection;
    private final Material material;
    private final int start;

    Play(RawConnection connection, Material material, int start) {
        this.connection = connection;
        this.material = material;
        this.start = start;
    }

    byte[] subject() {
        return material.subject();
    }

    byte[] decoy() {
        return material.decoy();
    }

    byte[] read() {
        return material.read();
    }

    RawConnection connection() {
        return connection;
    }

    /** All bytes, at the start. */
    void whole(byte[] bytes) {
        connection.segment(start, bytes);
    }

    /** Bytes from and to (excluded) of a message, where they belong. */
    void piece(byte[] bytes, int from, int to) {
        piece(bytes, from, to, UnaryOperator.identity());
    }

    /** The same in a packet that is changed. */
    void piece(byte[] bytes, int from, int to, UnaryOperator<PacketBuilder> change) {
        connection.send(change.apply(packet(bytes, from, to)));
    }

    private PacketBuilder packet(byte[] bytes, int from, int to) {
        return connection.packet(start + from).payload(Arrays.copyOfRange(bytes, from, to));
    }

    /** A packet without bytes at a distance from the start. */
    PacketBuilder empty(int distance) {
        return connection.packet(start + distance);
    }

    void send(PacketBuilder packet) {
        connection.send(packet);
    }

    /** In segments that end at the cuts, each after the one before was acknowledged or a moment has passed. */
    void cut(byte[] bytes, int... cuts) {
        int from = 0;
        for (int i = 0; i <= cuts.length; i++) {
            int to = i < cuts.length ? cuts[i] : bytes.length;
            piece(bytes, from, to);
            int end = start + to;
            connection.await(() -> connection.acknowledged() >= end || connection.isOver(), 50);
            from = to;
        }
    }

    /** The bytes in fragments of an IP packet, each with a number of bytes that must be a multiple of eight. */
    List<byte[]> fragments(byte[] bytes, int bytesEach) {
        return datagram(bytes).fragments(bytesEach);
    }

    /** The bytes in one packet that may be fragmented. */
    PacketBuilder datagram(byte[] bytes) {
        return packet(bytes, 0, bytes.length).mayFragment();
    }

    void frames(List<byte[]> frames) {
        frames.forEach(connection::sendFrame);
    }

    void pause() {
        connection.pause(BETWEEN_MILLISECONDS);
    }

    void awaitAcknowledged(byte[] bytes) {
        connection.awaitAcknowledged(start + bytes.length);
    }
}
