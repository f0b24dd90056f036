package io.sluice.replay;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.capture.CaptureReader;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The byte streams of a recording's OPC UA connections, as turns: what one side sent before the other did again. */
final class RecordedStreams {
    /** Larger ones are divided, so that none outgrows a receiver's window. */
    private static final int LARGEST = 20_000;
    private static final int PORT = 4840;
    private static final int ETHERNET = 14;

    /** What one side sent in a row. */
    @SuppressWarnings("ArrayRecordComponent") // bytes of a stream, never compared
    record Turn(boolean fromClient, byte[] bytes) {}

    /** A connection in the order in which it was recorded. */
    record Connection(String client, int clientPort, String server, List<Turn> turns) {}

    private final String client;
    private final int clientPort;
    private final String server;
    private final List<Turn> turns = new ArrayList<>();
    private final ByteArrayOutputStream turn = new ByteArrayOutputStream();
    private final int[] next = new int[2];
    private boolean fromClient = true;

    private RecordedStreams(String client, int clientPort, String server) {
        this.client = client;
        this.clientPort = clientPort;
        this.server = server;
    }

    static List<Connection> of(CaptureSource capture) throws Exception {
        Map<Integer, RecordedStreams> streams = new LinkedHashMap<>();
        try (CaptureReader reader = capture.open()) {
            while (reader.next()) {
                byte[] frame = new byte[reader.captured()];
                MemorySegment.copy(reader.bytes(), ValueLayout.JAVA_BYTE, reader.at(), frame, 0, frame.length);
                int ip = ETHERNET;
                if (u16(frame, 12) != 0x0800 || frame[ip + 9] != 6) {
                    continue;
                }
                int tcp = ip + (frame[ip] & 15) * 4;
                boolean asks = u16(frame, tcp + 2) == PORT;
                streams.computeIfAbsent(u16(frame, asks ? tcp : tcp + 2),
                        port -> new RecordedStreams(address(frame, ip + 12), port, address(frame, ip + 16)))
                        .segment(asks, frame, tcp, ip + u16(frame, ip + 2));
            }
        }
        return streams.values().stream().map(RecordedStreams::end).toList();
    }

    private void segment(boolean asks, byte[] frame, int tcp, int end) {
        int side = asks ? 0 : 1;
        int sequence = (u16(frame, tcp + 4) << 16) | u16(frame, tcp + 6);
        int at = tcp + ((frame[tcp + 12] >> 4) & 15) * 4;
        if ((frame[tcp + 13] & 0x02) != 0) {
            next[side] = sequence + 1;
        }
        int known = next[side] - sequence;
        if (end - at <= Math.max(0, known)) {
            return; // nothing new
        }
        assertTrue(known >= 0, "a segment is missing");
        if (asks != fromClient || turn.size() > LARGEST) {
            close();
        }
        fromClient = asks;
        turn.write(frame, at + known, end - at - known);
        next[side] += end - at - known;
    }

    private void close() {
        if (turn.size() > 0) {
            turns.add(new Turn(fromClient, turn.toByteArray()));
            turn.reset();
        }
    }

    private Connection end() {
        close();
        return new Connection(client, clientPort, server, List.copyOf(turns));
    }

    private static int u16(byte[] bytes, int at) {
        return ((bytes[at] & 255) << 8) | (bytes[at + 1] & 255);
    }

    private static String address(byte[] bytes, int at) {
        return (bytes[at] & 255) + "." + (bytes[at + 1] & 255) + "." + (bytes[at + 2] & 255) + "."
                + (bytes[at + 3] & 255);
    }
}
