package io.sluice.load.gen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExchangeTest {
    @Test
    void framesHaveTheLengthsThatTheFiguresName() {
        assertEquals(66, TcpFrame.HEADER_BYTES + Exchange.SHORT.requestBytes());
        assertEquals(83, TcpFrame.HEADER_BYTES + Exchange.SHORT.answerBytes());
        assertEquals(126, TcpFrame.HEADER_BYTES + Exchange.LONG.requestBytes());
        assertEquals(1400, TcpFrame.HEADER_BYTES + Exchange.LONG.answerBytes());
    }

    /** Walks the messages by their own length fields, as a device does. */
    @ParameterizedTest
    @EnumSource
    void everyMessageIsWholeAndAnswersAskedRegisters(Exchange exchange) {
        ByteBuffer requests = ByteBuffer.wrap(exchange.requests(7));
        ByteBuffer answers = ByteBuffer.wrap(exchange.answers(new SplittableRandom(1)));
        List<Integer> requestStarts = new ArrayList<>();
        List<Integer> answerStarts = new ArrayList<>();
        while (requests.hasRemaining()) {
            requestStarts.add(requests.position());
            answerStarts.add(answers.position());
            assertEquals(6, head(requests));
            assertEquals(7, requests.getShort());
            int registers = requests.getShort();
            assertEquals(3 + 2 * registers, head(answers));
            assertEquals(2 * registers, Byte.toUnsignedInt(answers.get()));
            answers.position(answers.position() + 2 * registers);
        }
        assertEquals(0, answers.remaining());
        assertEquals(exchange.messages(), requestStarts.size());
        assertEquals(requestStarts, List.of(box(exchange.requestTransactions())));
        assertEquals(answerStarts, List.of(box(exchange.answerTransactions())));
    }

    /** Reads MBAP header and function; returns the length field. */
    private static int head(ByteBuffer bytes) {
        assertEquals(0, bytes.getInt());
        int length = bytes.getShort();
        assertEquals(1, bytes.get());
        assertEquals(3, bytes.get());
        return length;
    }

    private static Integer[] box(int[] values) {
        return Arrays.stream(values).boxed().toArray(Integer[]::new);
    }
}
