package io.sluice.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** Lays OPC UA chunks of one channel without security out in native memory, OPC 10000-6 §6.7 and §7.1. */
final class OpcUaBytes {
    /** Node ids that requests choose from. */
    static final int NODES = 256;
    private static final int CAPACITY = 8 << 20;
    private static final String NO_SECURITY = "http://opcfoundation.org/UA/SecurityPolicy#None";
    private static final int NO_TEXT = -1;

    private final MemorySegment memory;
    private final ByteBuffer out = ByteBuffer.allocate(CAPACITY).order(ByteOrder.LITTLE_ENDIAN);
    private int begun;

    OpcUaBytes(Arena arena) {
        memory = arena.allocate(CAPACITY);
    }

    /** All that was written so far. */
    MemorySegment memory() {
        MemorySegment.copy(out.array(), 0, memory, ValueLayout.JAVA_BYTE, 0, out.position());
        return memory;
    }

    /** A node id as a policy writes it. */
    static String text(int node) {
        return node % 2 == 0 ? "ns=2;s=" + name(node) : "ns=2;i=" + (5_000 + node);
    }

    private static String name(int node) {
        return "Line3.Station" + node % 16 + ".Sensor" + node;
    }

    /** Hello, Acknowledge, OpenSecureChannel, CreateSession and their answers: where each begins. */
    long[] opening() {
        long[] at = new long[6];
        at[0] = begin("HELF");
        out.putInt(0).putInt(65_536).putInt(65_536).putInt(0).putInt(0);
        string("opc.tcp://plc:4840");
        end();
        at[1] = begin("ACKF");
        out.putInt(0).putInt(65_536).putInt(65_536).putInt(0).putInt(0);
        end();
        at[2] = begin("OPNF");
        security(0);
        type(446);
        requestHeader();
        out.putInt(0).putInt(0).putInt(1).putInt(NO_TEXT).putInt(3_600_000);
        end();
        at[3] = begin("OPNF");
        security(7);
        type(449);
        responseHeader();
        out.putInt(0).putInt(7).putInt(3).putLong(0).putInt(3_600_000).putInt(NO_TEXT);
        end();
        at[4] = message(461);
        out.putInt(begun + 16, 2).putInt(begun + 20, 2);
        requestHeader();
        texts(2).put((byte) 0).putInt(1);
        texts(8).putDouble(60_000).putInt(0);
        end();
        at[5] = message(464);
        out.putInt(begun + 16, 2).putInt(begun + 20, 2);
        responseHeader();
        out.put((byte) 0).put((byte) 1);
        token();
        out.putDouble(60_000);
        texts(6).putInt(0);
        end();
        return at;
    }

    private void security(int channel) {
        out.putInt(channel);
        string(NO_SECURITY);
        out.putInt(NO_TEXT).putInt(NO_TEXT).putInt(1).putInt(1);
    }

    /** A Read request for the values of some nodes. */
    long read(RandomGenerator random, int nodes) {
        long at = message(631);
        requestHeader();
        out.putDouble(0).putInt(2).putInt(nodes);
        int kind = random.nextInt(2);
        for (int i = 0; i < nodes; i++) {
            node(random.nextInt(NODES / 2) * 2 + kind);
            out.putInt(13).putInt(NO_TEXT).putShort((short) 0).putInt(NO_TEXT);
        }
        end();
        return at;
    }

    /** A Write request that gives some nodes a Double each. */
    long write(RandomGenerator random, int nodes) {
        long at = message(673);
        requestHeader();
        out.putInt(nodes);
        int kind = random.nextInt(2);
        for (int i = 0; i < nodes; i++) {
            node(random.nextInt(NODES / 2) * 2 + kind);
            out.putInt(13).putInt(NO_TEXT).put((byte) 1).put((byte) 11).putDouble(random.nextDouble(1_500));
        }
        end();
        return at;
    }

    /** A ServiceFault answers any request. */
    long fault() {
        long at = message(397);
        responseHeader();
        end();
        return at;
    }

    long publish() {
        long at = message(826);
        requestHeader();
        out.putInt(0);
        end();
        return at;
    }

    /** The answer to a Publish request, with a notification of some values. */
    long publishAnswer(int values) {
        long at = message(829);
        responseHeader();
        out.putInt(1).putInt(0).put((byte) 0).putInt(1).putLong(0).putInt(1);
        out.put((byte) 1).put((byte) 0).putShort((short) 811).put((byte) 1).putInt(12 + 14 * values).putInt(values);
        for (int i = 0; i < values; i++) {
            out.putInt(i).put((byte) 1).put((byte) 11).putDouble(i);
        }
        out.putInt(NO_TEXT).putInt(0).putInt(NO_TEXT);
        end();
        return at;
    }

    private long message(int type) {
        long at = begin("MSGF");
        out.putInt(7).putInt(3).putInt(0).putInt(1);
        type(type);
        return at;
    }

    private long begin(String type) {
        begun = out.position();
        out.put(type.getBytes(StandardCharsets.US_ASCII)).putInt(0);
        return begun;
    }

    private void end() {
        out.putInt(begun + 4, out.position() - begun);
    }

    private void type(int id) {
        out.put((byte) 1).put((byte) 0).putShort((short) id);
    }

    private ByteBuffer texts(int number) {
        for (int i = 0; i < number; i++) {
            out.putInt(NO_TEXT);
        }
        return out;
    }

    private void token() {
        out.put((byte) 2).putShort((short) 1).putInt(1_001);
    }

    private void requestHeader() {
        token();
        out.putLong(0).putInt(1).putInt(0).putInt(NO_TEXT)
                .putInt(10_000).put((byte) 0).put((byte) 0).put((byte) 0);
    }

    private void responseHeader() {
        out.putLong(0).putInt(1).putInt(0).put((byte) 0).putInt(NO_TEXT).put((byte) 0).put((byte) 0).put((byte) 0);
    }

    private void node(int node) {
        if (node % 2 == 0) {
            out.put((byte) 3).putShort((short) 2);
            string(name(node));
        } else {
            out.put((byte) 1).put((byte) 2).putShort((short) (5_000 + node));
        }
    }

    private void string(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.putInt(utf8.length).put(utf8);
    }
}
