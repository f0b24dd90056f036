package io.sluice.load.gen;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.capture.port.Memory;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrameImagesTest {
    private static final int IP = 14, TCP = 34;

    // The loop sums only what changes; the transactions of long answers even lie at odd places.
    @ParameterizedTest
    @EnumSource
    void checksumsAreRightWhateverTheNumbers(Exchange exchange) {
        LoadPlan plan = plan(3, 2, exchange);
        SplittableRandom random = new SplittableRandom(5);
        try (Arena arena = Arena.ofConfined()) {
            FlowBook book = new FlowBook(plan);
            for (FrameImages images : new FrameImages[]{FrameImages.requests(plan, book, arena),
                    FrameImages.answers(plan, book, arena)}) {
                for (int i = 0; i < 2000; i++) {
                    long at = images.write(random.nextInt(3), random.nextLong(1L << 40), random.nextInt(),
                            random.nextInt());
                    assertChecksums(bytes(at, images.length()));
                }
            }
        }
    }

    @Test
    void handshakesAreSound() {
        LoadPlan plan = plan(1, 1, Exchange.SHORT);
        try (Arena arena = Arena.ofConfined()) {
            HandshakeFrames frames = new HandshakeFrames(arena);
            for (int flags : new int[]{TcpFrame.SYN, TcpFrame.SYN | TcpFrame.ACK, TcpFrame.ACK}) {
                long at = frames.write(new FlowBook(plan).ends(0), flags, 0x89ABCDEF, 0x01234567);
                byte[] frame = bytes(at, frames.length());
                assertEquals((flags & TcpFrame.SYN) != 0 ? 58 : 54, frame.length);
                assertEquals(flags, frame[TCP + 13]);
                assertChecksums(frame);
            }
        }
    }

    @Test
    void equalSeedsMakeEqualFramesAndOthersDoNot() {
        byte[] once = conversation(plan(20, 2, Exchange.LONG));
        assertArrayEquals(once, conversation(plan(20, 2, Exchange.LONG)));
        assertFalse(Arrays.equals(once, conversation(new LoadPlan(2, 20, 2, 40, Exchange.LONG, 502))));
    }

    @Test
    void everyFlowHasAPortOfItsOwn() {
        FlowBook book = new FlowBook(plan(LoadPlan.MOST_FLOWS, 1, Exchange.SHORT));
        for (int flow = 0; flow < LoadPlan.MOST_FLOWS; flow++) {
            assertEquals(flow, book.flowOf(book.ends(flow).sourcePort()));
        }
    }

    // Frames of one flow that wait in the same queue must not lie in the same place.
    @Test
    void exchangesUnderWayHaveFramesOfTheirOwn() {
        LoadPlan plan = plan(1, 2, Exchange.SHORT);
        try (Arena arena = Arena.ofConfined()) {
            FrameImages images = FrameImages.requests(plan, new FlowBook(plan), arena);
            long first = images.write(0, 10, 1, 1);
            byte[] before = bytes(first, images.length());
            images.write(0, 11, 2, 2);
            assertArrayEquals(before, bytes(first, images.length()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFrameTellsItsNumber(Exchange exchange) {
        LoadPlan plan = plan(1, 2, exchange);
        try (Arena arena = Arena.ofConfined()) {
            FrameImages images = FrameImages.answers(plan, new FlowBook(plan), arena);
            for (long number : new long[]{0, 10, 70_000}) {
                long at = images.write(0, number, 1, 1);
                assertTrue(FrameImages.isNumber(at, exchange.answerTransactions(), number));
                assertFalse(FrameImages.isNumber(at, exchange.answerTransactions(), number + 1));
            }
        }
    }

    private static LoadPlan plan(int flows, int depth, Exchange exchange) {
        return new LoadPlan(1, flows, depth, flows * depth, exchange, 502);
    }

    private static byte[] conversation(LoadPlan plan) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (Arena arena = Arena.ofConfined()) {
            FlowBook book = new FlowBook(plan);
            FrameImages requests = FrameImages.requests(plan, book, arena);
            FrameImages answers = FrameImages.answers(plan, book, arena);
            for (int flow = 0; flow < plan.flows(); flow++) {
                all.writeBytes(bytes(requests.write(flow, 3, book.clientFirst(flow), book.serverFirst(flow)),
                        requests.length()));
                all.writeBytes(bytes(answers.write(flow, 3, book.serverFirst(flow), book.clientFirst(flow)),
                        answers.length()));
            }
        }
        return all.toByteArray();
    }

    private static byte[] bytes(long at, int length) {
        byte[] bytes = new byte[length];
        MemorySegment.copy(Memory.ALL, JAVA_BYTE, at, bytes, 0, length);
        return bytes;
    }

    /** As a receiver does: with the checksum in its place the sum is all ones (RFC 1071 §1). */
    private static void assertChecksums(byte[] frame) {
        assertEquals(0xFFFF, sum(Arrays.copyOfRange(frame, IP, TCP)));
        byte[] segment = Arrays.copyOfRange(frame, TCP, frame.length);
        ByteBuffer pseudo = ByteBuffer.allocate(12 + segment.length);
        pseudo.put(frame, IP + 12, 8).put((byte) 0).put(frame[IP + 9]).putShort((short) segment.length).put(segment);
        assertEquals(0xFFFF, sum(pseudo.array()));
    }

    private static int sum(byte[] bytes) {
        ByteBuffer words = ByteBuffer.wrap(Arrays.copyOf(bytes, bytes.length + (bytes.length & 1)));
        int sum = 0;
        while (words.hasRemaining()) {
            sum += Short.toUnsignedInt(words.getShort());
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return sum;
    }
}
