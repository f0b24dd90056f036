package io.sluice.engine;

import static io.sluice.testdata.PacketBuilder.ACK;
import static io.sluice.testdata.PacketBuilder.PSH;
import static io.sluice.testdata.PacketBuilder.SYN;

import io.sluice.testdata.PacketBuilder;

/** Segments of one connection by stream offset, both directions, to be given to a {@link Desk} in any order. */
final class Wire {
    final int clientStart;
    final int serverStart;
    final int port;
    /** What each side has acknowledged of the other, as a stream offset. */
    int clientAcknowledges;
    int serverAcknowledges;
    int window = 65_535;

    Wire(int clientStart, int serverStart) {
        this(clientStart, serverStart, 50_000);
    }

    Wire(int clientStart, int serverStart, int port) {
        this.clientStart = clientStart;
        this.serverStart = serverStart;
        this.port = port;
    }

    void handshake(Desk desk) {
        desk.accept(syn());
        desk.accept(synAck());
        desk.accept(client(0));
    }

    PacketBuilder syn() {
        return ip(true).sequence(clientStart).flags(SYN).acknowledgment(0);
    }

    PacketBuilder synAck() {
        return ip(false).sequence(serverStart).acknowledgment(clientStart + 1).flags(SYN | ACK);
    }

    PacketBuilder client(int offset) {
        return ip(true).sequence(clientStart + 1 + offset).acknowledgment(serverStart + 1 + clientAcknowledges)
                .flags(ACK);
    }

    PacketBuilder client(int offset, byte[] bytes) {
        return client(offset).flags(PSH | ACK).payload(bytes);
    }

    PacketBuilder server(int offset) {
        return ip(false).sequence(serverStart + 1 + offset).acknowledgment(clientStart + 1 + serverAcknowledges)
                .flags(ACK);
    }

    PacketBuilder server(int offset, byte[] bytes) {
        return server(offset).flags(PSH | ACK).payload(bytes);
    }

    private PacketBuilder ip(boolean fromClient) {
        return (fromClient
                ? PacketBuilder.ethernet().ipv4(Desk.CLIENT, Desk.SERVER).tcp(port, 502)
                : PacketBuilder.ethernet("02:00:00:00:00:02", "02:00:00:00:00:01").ipv4(Desk.SERVER, Desk.CLIENT)
                        .tcp(502, port))
                .window(window);
    }
}
