package io.sluice.inline.pipeline;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.engine.Engine;
import io.sluice.engine.EngineLimits;
import io.sluice.engine.EngineListener;
import io.sluice.engine.LinkTypes;
import io.sluice.engine.Profile;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.policy.PolicyReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/**
 * Runs the code of the packet path on frames of its own making, before ports open: the first frames of a plant should not
 * be those that are judged while the JVM still interprets.
 */
final class WarmUp {
    private static final int CONNECTIONS = 40;
    private static final int TRANSACTIONS = 250;
    private static final long LONGEST_NANOS = 2_000_000_000L;
    private static final int HEADERS = 14 + 20 + 20;
    private static final int FLAG_SYN = 0x02;
    private static final int FLAG_ACK = 0x10;
    private static final int FLAG_PUSH_ACK = 0x18;
    private static final long CLIENT = 0x0A00_0001L;
    private static final long SERVER = 0x0A00_0002L;
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(BIG_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(BIG_ENDIAN);
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(BIG_ENDIAN);

    private final MemorySegment frame;
    private final Engine engine;
    private final int zoneOfClient;
    private final int zoneOfServer;
    private long frames;
    private int clientNext;
    private int serverNext;

    private WarmUp(MemorySegment frame, Engine engine, CompiledPolicy policy) {
        this.frame = frame;
        this.engine = engine;
        zoneOfClient = policy.zoneNamed("a");
        zoneOfServer = policy.zoneNamed("b");
    }

    /** Takes a second or two. */
    static void run() {
        CompiledPolicy policy = policy();
        long end = System.nanoTime() + LONGEST_NANOS;
        try (Arena arena = Arena.ofConfined();
                Engine engine = new Engine(policy, Profile.INLINE, EngineLimits.DEFAULT, new EngineListener() {
                })) {
            WarmUp warmUp = new WarmUp(arena.allocate(2048, 8), engine, policy);
            for (int port = 40_000; port < 40_000 + CONNECTIONS && System.nanoTime() - end < 0; port++) {
                warmUp.connection(port);
            }
            engine.finish();
        }
    }

    private static CompiledPolicy policy() {
        try (InputStream in = Objects.requireNonNull(WarmUp.class.getResourceAsStream("warm-up.yaml"))) {
            String text = new String(in.readAllBytes(), UTF_8);
            if (PolicyReader.read("warm-up.yaml", text) instanceof PolicyReader.Result.Read read
                    && PolicyCompiler.compile(
                            read.policy(), "warm-up") instanceof PolicyCompiler.Result.Compiled compiled) {
                return compiled.policy();
            }
            throw new IllegalStateException("the policy for warming up does not compile");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void connection(int port) {
        clientNext = port;
        serverNext = ~port;
        segment(true, port, FLAG_SYN, 0);
        clientNext++;
        segment(false, port, FLAG_SYN | FLAG_ACK, 0);
        serverNext++;
        segment(true, port, FLAG_ACK, 0);
        for (int n = 0; n < TRANSACTIONS; n++) {
            // Reads of ten holding registers, and their answers; MODBUS Application Protocol §6.3.
            frame.set(U64, HEADERS, (long) n << 48 | 0x0006_0103L);
            frame.set(U32, HEADERS + 8, (n & 0xFF) << 16 | 10);
            segment(true, port, FLAG_PUSH_ACK, 12);
            frame.set(U64, HEADERS, (long) n << 48 | 0x0017_0103L);
            frame.set(ValueLayout.JAVA_BYTE, HEADERS + 8, (byte) 20);
            segment(false, port, FLAG_PUSH_ACK, 29);
        }
    }

    private void segment(boolean fromClient, int port, int flags, int payload) {
        long from = fromClient ? CLIENT : SERVER;
        long to = fromClient ? SERVER : CLIENT;
        int length = 40 + payload;
        frame.set(U64, 0, 0x0200_0000_0000_0000L | to << 16 | 0x0200);
        frame.set(U32, 8, (int) from);
        frame.set(U16, 12, (short) 0x0800);
        frame.set(U32, 14, 0x4500 << 16 | length);
        frame.set(U32, 18, 0x4000);
        frame.set(U32, 22, 0x4006 << 16);
        frame.set(U32, 26, (int) from);
        frame.set(U32, 30, (int) to);
        frame.set(U16, 24, (short) ~sum(14, 20, 0));
        frame.set(U32, 34, fromClient ? port << 16 | 502 : 502 << 16 | port);
        frame.set(U32, 38, fromClient ? clientNext : serverNext);
        frame.set(U32, 42, (flags & FLAG_ACK) == 0 ? 0 : fromClient ? serverNext : clientNext);
        frame.set(U32, 46, 0x5000_FFFF | flags << 16);
        frame.set(U32, 50, 0);
        frame.set(U16, 50, (short) ~sum(34, length - 20, from + to + 6 + length - 20));
        engine.zones(fromClient ? zoneOfClient : zoneOfServer, fromClient ? zoneOfServer : zoneOfClient);
        long now = System.nanoTime();
        engine.time(now, now);
        engine.accept(frame, 0, 14 + length, 14 + length, LinkTypes.ETHERNET, ++frames);
        if (fromClient) {
            clientNext += payload;
        } else {
            serverNext += payload;
        }
    }

    /** Internet checksum, RFC 1071, not yet complemented. */
    private int sum(long at, int length, long start) {
        long sum = start;
        for (int i = 0; i + 1 < length; i += 2) {
            sum += Short.toUnsignedInt(frame.get(U16, at + i));
        }
        if ((length & 1) != 0) {
            sum += Byte.toUnsignedInt(frame.get(ValueLayout.JAVA_BYTE, at + length - 1)) << 8;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return (int) sum;
    }
}
