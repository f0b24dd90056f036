package io.sluice.dissect.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sluice.dissect.Dissector;
import io.sluice.dissect.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class ModbusPairingTest {
    private static final String READ_2 = "000000000006010300000002";
    private static final String READ_3 = "000000000006010300000003";
    private static final String ANSWER_2 = "00000000000701030400010002";
    private static final String ANSWER_3 = "000000000009010306000100020003";

    private final ModbusBench bench = new ModbusBench();

    @Test
    void aDeviceMayNotSpeakFirst() {
        assertEquals("unsolicited", ModbusBench.word(bench.answer(ANSWER_2)));
        assertFalse(bench.dissector.answered(bench.session));
    }

    // At the eighth byte it is known that nobody asked; the rest must not pass first.
    @Test
    void anUnsolicitedAnswerIsRefusedAtItsFunctionCode() {
        bench.allowed(READ_2, 1);
        assertEquals("unsolicited", ModbusBench.word(bench.answer("0001000000070103")));
        assertEquals("answer-mismatch", ModbusBench.word(bench.answer("0000000000070203")));
        assertEquals("answer-mismatch", ModbusBench.word(bench.answer("0000000000070104")));
        assertEquals("more", ModbusBench.word(bench.answer("0000000000070103")));
    }

    // Many masters send nothing but transaction 0 and pipeline all the same.
    @Test
    void withOneTransactionForAllTheOldestFittingRequestIsAnswered() {
        bench.allowed(READ_2, 1);
        bench.allowed(READ_3, 2);
        bench.allowed(READ_2, 3);
        answered(ANSWER_3, true, 2);
        answered(ANSWER_2, true, 1);
        answered(ANSWER_2, true, 3);
        assertEquals("unsolicited", ModbusBench.word(bench.answer(ANSWER_2)));
    }

    // Devices read back what they hold; the request that was repeated exactly goes before.
    @Test
    void theEchoOfASingleWriteMayNameAnotherValueButNoOtherAddress() {
        bench.allowed("000000000006010600070001", 1);
        bench.allowed("000000000006010600070002", 2);
        bench.allowed("000000000006010500070000", 3);
        assertEquals("answer-mismatch", ModbusBench.word(bench.answer("000000000006010600080001")));
        answered("000000000006010600070002", true, 2);
        answered("000000000006010600070009", true, 1);
        answered("00000000000601050007FF00", true, 3);
        assertEquals("unsolicited", ModbusBench.word(bench.answer("000000000006010600070009")));
        bench.allowed("00000000000B0110000700020400010002", 4);
        assertEquals("answer-mismatch", ModbusBench.word(bench.answer("000000000006011000070003")));
    }

    // A refused request did not reach the device, unless refusals are only reported.
    @Test
    void anAllowedRequestIsAnsweredBeforeARefusedOne() {
        bench.request(READ_2);
        bench.dissector.decided(bench.session, false, 8);
        bench.allowed(READ_2, 9);
        answered(ANSWER_2, true, 9);
        answered(ANSWER_2, false, 8);
    }

    @Test
    void aRequestThatNobodyDecidedCountsAsRefused() {
        bench.request(READ_2);
        answered(ANSWER_2, false, -1);
    }

    // Where malformed requests are only reported, devices answer them, mostly with exception 03.
    @Test
    void theAnswerToAMalformedRequestIsKnownAsOneThatWasNotAllowed() {
        assertEquals("coil-value", ModbusBench.word(bench.request("000100000006010500001234")));
        assertEquals("coil-value", ModbusBench.word(bench.request("000100000006010500001234")));
        bench.dissector.decided(bench.session, true, 5);
        answered("000100000003018503", false, -1);
        assertEquals("unsolicited", ModbusBench.word(bench.answer("000100000003018503")));
    }

    @Test
    void aVerdictAfterTheAnswerChangesNothing() {
        bench.request(READ_2);
        bench.answer(ANSWER_2);
        bench.dissector.decided(bench.session, true, 5);
        bench.request(READ_3);
        answered(ANSWER_3, false, -1);
    }

    @Test
    void aFullRingForgetsTheOldest() {
        ModbusBench small = new ModbusBench(new Limits(2, 254, Limits.OpcUaLimits.DEFAULT));
        small.allowed(READ_2, 1);
        small.allowed(READ_3, 2);
        small.allowed(READ_3, 3);
        assertEquals("answer-mismatch", ModbusBench.word(small.answer(ANSWER_2)));
        assertEquals("ok", ModbusBench.word(small.answer(ANSWER_3)));
        assertEquals(2, small.dissector.answeredRule(small.session));
    }

    @Test
    void aReusedSessionKnowsNothingOfTheFlowBefore() {
        bench.allowed(READ_2, 1);
        bench.session.reset();
        assertEquals("unsolicited", ModbusBench.word(bench.answer(ANSWER_2)));
        bench.dissector.decided(bench.session, true, 1);
        assertEquals(-1, bench.dissector.answeredRule(bench.session));
    }

    // The ring against a list that does the same in the plainest way.
    @Test
    void theRingPairsAsAPlainListWould() {
        long seed = Long.getLong("seed", 16);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        ModbusSession ring = new ModbusSession(5);
        List<int[]> list = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) {
            int key = (random.nextInt(3) << 16) | random.nextInt(2);
            int detail = random.nextInt(2);
            if (random.nextInt(5) < 3) {
                boolean allowed = random.nextBoolean();
                ring.request(key, detail);
                ring.decided(allowed, i);
                list.add(new int[]{key, detail, allowed ? 1 : 0, i});
            } else {
                int[] found = list.stream().filter(r -> r[0] == key && r[1] == detail && r[2] == 1).findFirst()
                        .orElseGet(() -> list.stream().filter(r -> r[0] == key && r[1] == detail).findFirst()
                                .orElse(new int[0]));
                assertEquals(found.length > 0, ring.answer(key, detail, false), "seed " + seed + ", step " + i);
                if (found.length > 0) {
                    list.remove(found);
                    assertEquals(found[3], ring.answeredRule(), "seed " + seed + ", step " + i);
                    assertEquals(found[2] == 1, ring.answered());
                }
            }
            if (list.size() > 5) {
                list.removeFirst();
            }
        }
    }

    private void answered(String hex, boolean allowed, int rule) {
        assertEquals(Dissector.RESPONSE, bench.answer(hex));
        assertEquals(allowed, bench.dissector.answered(bench.session));
        assertEquals(rule, bench.dissector.answeredRule(bench.session));
    }
}
