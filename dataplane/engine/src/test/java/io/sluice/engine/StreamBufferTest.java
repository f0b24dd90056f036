package io.sluice.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StreamBufferTest {
    /** Against a plain array, with sequence numbers that wrap, growth, and steps of a window. */
    @Test
    void keepsTheWindowOfAStreamAsAnArrayWould() {
        for (int seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] stream = new byte[200_000];
            random.nextBytes(stream);
            int start = -random.nextInt(100_000);
            try (Arena arena = Arena.ofConfined()) {
                BufferPool pool = new BufferPool(1 << 20, arena);
                MemorySegment source = arena.allocate(stream.length);
                MemorySegment target = arena.allocate(1 << 17);
                MemorySegment.copy(stream, 0, source, JAVA_BYTE, 0, stream.length);
                StreamBuffer buffer = new StreamBuffer();
                int base = 0;
                int next = 0;
                while (next < stream.length) {
                    int n = Math.min(stream.length - next, 1 + random.nextInt(3000));
                    if (next + n - base > 1 << 15 || random.nextInt(4) == 0) {
                        base = next - random.nextInt(1 + Math.min(next - base, 500));
                    }
                    if (random.nextInt(8) == 0) {
                        base = next;
                        buffer.rewind(start + next);
                    }
                    assertTrue(buffer.reserve(pool, 1 << 15, start + base, start + next, next + n - base));
                    buffer.put(start + next, source, next, n);
                    next += n;
                    int from = base + random.nextInt(next - base);
                    int length = 1 + random.nextInt(next - from);
                    buffer.copy(start + from, length, target, 0);
                    byte[] read = new byte[length];
                    MemorySegment.copy(target, JAVA_BYTE, 0, read, 0, length);
                    assertArrayEquals(Arrays.copyOfRange(stream, from, from + length), read, "seed " + seed);
                    assertTrue(buffer.same(start + from, source, from, length));
                    long wrong = (long) from + random.nextInt(length);
                    source.set(JAVA_BYTE, wrong, (byte) ~stream[(int) wrong]);
                    assertTrue(!buffer.same(start + from, source, from, length));
                    source.set(JAVA_BYTE, wrong, stream[(int) wrong]);
                    int piece = Math.min(length, buffer.contiguous(start + from));
                    assertEquals(-1, MemorySegment.mismatch(source, from, from + piece, buffer.memory(),
                            buffer.offset(start + from), buffer.offset(start + from) + piece));
                }
                buffer.release(pool);
                assertEquals(0, pool.taken());
            }
        }
    }

    @Test
    void refusesMoreThanTheLimitAndKeepsWhatItHas() {
        try (Arena arena = Arena.ofConfined()) {
            BufferPool pool = new BufferPool(1 << 20, arena);
            StreamBuffer buffer = new StreamBuffer();
            assertTrue(buffer.reserve(pool, 8192, 0, 0, 8192));
            assertTrue(!buffer.reserve(pool, 8192, 0, 8192, 8193));
            assertEquals(8192, buffer.capacity());
        }
    }

    @Test
    void aPoolNeverGivesOneByteTwiceAndStopsAtItsTotal() {
        for (int seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            long total = 2048L + random.nextInt(3 << 20);
            try (Arena arena = Arena.ofConfined()) {
                BufferPool pool = new BufferPool(total, arena);
                List<long[]> out = new ArrayList<>();
                long taken = 0;
                for (int step = 0; step < 3000; step++) {
                    int size = BufferPool.sizeFor(1 + random.nextInt(150_000));
                    long buffer = random.nextInt(3) > 0 ? pool.take(size) : -1;
                    if (buffer >= 0) {
                        long at = BufferPool.offset(buffer);
                        for (long[] other : out) {
                            boolean apart = other[0] >> 32 != buffer >> 32 || at + size <= BufferPool.offset(other[0])
                                    || BufferPool.offset(other[0]) + other[1] <= at;
                            assertTrue(apart, "seed " + seed);
                        }
                        assertTrue(at + size <= pool.memory(buffer).byteSize());
                        out.add(new long[]{buffer, size});
                        taken += size;
                    } else if (!out.isEmpty()) {
                        long[] back = out.remove(random.nextInt(out.size()));
                        pool.give(back[0], (int) back[1]);
                        taken -= back[1];
                    }
                    assertEquals(taken, pool.taken());
                    assertTrue(taken <= total);
                }
            }
        }
    }

    /** A window of a size that the pool does not have would share memory with another flow's. */
    @Test
    void limitsNameWindowsThatExist() {
        assertThrows(IllegalArgumentException.class, () -> EngineLimits.DEFAULT.withBuffers(1 << 20, 4096));
        assertThrows(IllegalArgumentException.class, () -> EngineLimits.DEFAULT.withBuffers(1 << 20, 1 << 18));
        assertThrows(IllegalArgumentException.class, () -> EngineLimits.DEFAULT.withBuffers(2048, 8192));
    }
}
