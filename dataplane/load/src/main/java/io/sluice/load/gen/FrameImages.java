package io.sluice.load.gen;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.sluice.capture.port.Memory;
import io.sluice.capture.port.Port;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/**
 * The frames of one direction, laid out once in native memory; of one that is sent only sequence numbers, transaction
 * identifiers and checksum are written. A flow has as many as it has exchanges under way, so none is changed while it
 * waits in a sender's queue.
 */
final class FrameImages {
    private static final int ALIGNMENT = 64;

    private final long begin;
    private final int stride;
    private final int depth;
    private final int length;
    private final int payloadBytes;
    private final int[] transactions;
    private final int[] sums;

    private FrameImages(LoadPlan plan, int payloadBytes, int[] transactions, Arena arena) {
        this.payloadBytes = payloadBytes;
        this.transactions = transactions;
        depth = plan.depth();
        length = TcpFrame.HEADER_BYTES + payloadBytes;
        stride = (Port.HEADROOM + length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        sums = new int[plan.flows()];
        begin = arena.allocate((long) plan.flows() * depth * stride, ALIGNMENT).address() + Port.HEADROOM;
    }

    static FrameImages requests(LoadPlan plan, FlowBook book, Arena arena) {
        Exchange exchange = plan.exchange();
        FrameImages images = new FrameImages(plan, exchange.requestBytes(), exchange.requestTransactions(), arena);
        for (int flow = 0; flow < plan.flows(); flow++) {
            images.lay(flow, book.ends(flow), exchange.requests(book.register(flow)));
        }
        return images;
    }

    static FrameImages answers(LoadPlan plan, FlowBook book, Arena arena) {
        Exchange exchange = plan.exchange();
        FrameImages images = new FrameImages(plan, exchange.answerBytes(), exchange.answerTransactions(), arena);
        byte[] payload = exchange.answers(new SplittableRandom(plan.seed()));
        for (int flow = 0; flow < plan.flows(); flow++) {
            images.lay(flow, book.ends(flow).reversed(), payload);
        }
        return images;
    }

    private void lay(int flow, TcpFrame.Ends ends, byte[] payload) {
        for (int slot = 0; slot < depth; slot++) {
            long at = at(flow, slot);
            TcpFrame.headers(at, ends, payload.length);
            TcpFrame.flags(at, TcpFrame.PSH | TcpFrame.ACK);
            MemorySegment.copy(payload, 0, Memory.ALL, JAVA_BYTE, at + TcpFrame.HEADER_BYTES,
                    payload.length);
        }
        sums[flow] = TcpFrame.sum(at(flow, 0), length);
    }

    /** Length of each frame. */
    int length() {
        return length;
    }

    /** What each frame adds to its direction's sequence number. */
    int payloadBytes() {
        return payloadBytes;
    }

    /** Completes the flow's frame of that number, counted from 0; returns where it lies. */
    long write(int flow, long number, int sequence, int acknowledgement) {
        long at = at(flow, (int) (number % depth));
        int sum = sums[flow] + InternetChecksum.words(sequence) + InternetChecksum.words(acknowledgement);
        TcpFrame.numbers(at, sequence, acknowledgement);
        for (int i = 0; i < transactions.length; i++) {
            int offset = transactions[i];
            int transaction = transaction(number, transactions.length, i);
            TcpFrame.payload(at, offset, transaction);
            // At an odd place the bytes of a field belong to two words (RFC 1071 §2 B).
            sum += (offset & 1) == 0
                    ? transaction
                    : Short.toUnsignedInt(Short.reverseBytes((short) transaction));
        }
        TcpFrame.checksum(at, sum);
        return at;
    }

    /** Whether an arrived frame of this direction is the one of that number, as far as its last transaction tells. */
    static boolean isNumber(long at, int[] transactions, long number) {
        int last = transactions.length - 1;
        return TcpFrame.payload(at, transactions[last]) == transaction(number, transactions.length, last);
    }

    private static int transaction(long number, int messages, int message) {
        return (int) (number * messages + message) & 0xFFFF;
    }

    private long at(int flow, int slot) {
        return begin + ((long) flow * depth + slot) * stride;
    }
}
