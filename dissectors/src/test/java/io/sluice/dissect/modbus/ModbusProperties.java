package io.sluice.dissect.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.sluice.dissect.Dissector;
import io.sluice.dissect.Facts;
import io.sluice.dissect.Names;
import io.sluice.dissect.Vocabulary.Request;
import io.sluice.dissect.Vocabulary.Understood;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** What must hold for every message, tried on many random ones. {@code -Dseed=N} repeats a run. */
class ModbusProperties {
    private static final long SEED = Long.getLong("seed", 20_261);

    private final ModbusBench bench = new ModbusBench();

    @Test
    void decodingIsTheInverseOfEncoding() {
        forMany(3_000, message -> {
            assertEquals(Dissector.REQUEST, bench.allowed(message.requestBytes(), 5));
            assertEquals(message.words(), bench.words());
        });
    }

    @Test
    void everyRightAnswerFindsItsRequest() {
        forMany(3_000, message -> {
            bench.allowed(message.requestBytes(), message.function());
            if (!message.answer().isEmpty()) {
                assertEquals("ok", ModbusBench.word(bench.answer(message.answerBytes())));
                assertTrue(bench.dissector.answered(bench.session));
                assertEquals(message.function(), bench.dissector.answeredRule(bench.session));
                assertEquals("unsolicited", ModbusBench.word(bench.answer(message.answerBytes())), "answered twice");
            }
        });
    }

    @Test
    void wordsSayTheSameAsBytes() {
        Facts spoken = new Facts();
        forMany(3_000, message -> {
            bench.request(message.requestBytes());
            speak(message.words(), spoken);
            assertEquals(spans(bench.facts), spans(spoken));
            assertEquals(bench.facts.opaque(), spoken.opaque());
        });
    }

    @Test
    void everyItemDescribedByItselfSaysTheSameAsItsSpan() {
        Facts spoken = new Facts();
        forMany(300, message -> {
            bench.request(message.requestBytes());
            for (int span = 0; span < bench.facts.spans(); span++) {
                int last = bench.facts.high(span) - bench.facts.low(span);
                String words = Modbus.PROTOCOL.vocabulary().describe(bench.facts, span, last);
                speak(words, spoken);
                assertEquals(bench.facts.high(span), spoken.low(0), words);
                assertEquals(bench.facts.scope(span), spoken.scope(0), words);
                if (bench.facts.readable(span) > 0) {
                    assertEquals(bench.facts.value(span, last), spoken.value(0, 0), words);
                }
            }
        });
    }

    // A device may act on what it has: what is known of half a message must stay true for all of it.
    @Test
    void cutAnywhereARequestIsPartialAndItsFactsArePartOfTheWhole() {
        forMany(1_500, message -> {
            byte[] bytes = message.requestBytes();
            bench.request(bytes);
            List<String> whole = spans(bench.facts);
            for (int cut = 0; cut < bytes.length; cut++) {
                assertEquals(Dissector.PARTIAL, bench.see(Dissector.TO_SERVER, bytes, cut), "cut at " + cut);
                for (String span : spans(bench.facts)) {
                    assertTrue(whole.stream().anyMatch(w -> w.startsWith(span)), () -> span + " not in " + whole);
                }
            }
        });
    }

    @Test
    void cutAnywhereAnAnswerIsPartial() {
        forMany(1_500, message -> {
            bench.allowed(message.requestBytes(), 5);
            byte[] bytes = message.answerBytes();
            for (int cut = 0; cut < bytes.length; cut++) {
                assertEquals(Dissector.PARTIAL, bench.see(Dissector.TO_CLIENT, bytes, cut), "cut at " + cut);
            }
        });
    }

    // The same bytes in other segments must get the same verdict, so a reason may not change as bytes arrive.
    @Test
    void whatIsRefusedHalfReadIsRefusedWholeForTheSameReason() {
        RandomGenerator random = generator();
        ModbusMutant mutant = new ModbusMutant(random);
        for (int i = 0; i < 20_000; i++) {
            mutant.next();
            int whole = see(mutant, mutant.size());
            boolean refused = false;
            for (int cut = Math.min(8, mutant.size()); cut < mutant.size(); cut++) {
                int part = see(mutant, cut);
                if (refused || part < 0) {
                    assertEquals(ModbusBench.word(whole), ModbusBench.word(part), mutant + " cut at " + cut);
                    refused = true;
                }
            }
        }
    }

    private int see(ModbusMutant mutant, int available) {
        bench.session.reset();
        if (mutant.direction() == Dissector.TO_CLIENT) {
            bench.allowed(mutant.request(), 1);
        }
        return bench.see(mutant.direction(), mutant.bytes(), available);
    }

    private static void speak(String words, Facts spoken) {
        switch (Modbus.PROTOCOL.vocabulary().request(words)) {
            case Understood.Yes<Request> yes -> yes.meaning().fill(spoken, Names.NONE);
            case Understood.No<Request> no -> fail(no.sentence());
        }
    }

    /** Each span in one line: its beginning stays the same while values arrive. */
    private static List<String> spans(Facts facts) {
        List<String> all = new ArrayList<>();
        for (int span = 0; span < facts.spans(); span++) {
            StringBuilder line = new StringBuilder();
            line.append(facts.operation(span)).append(' ').append(facts.scope(span)).append(' ').append(facts.low(span))
                    .append(' ').append(facts.high(span)).append(' ').append(facts.extra(span)).append(':');
            for (int i = 0; i < facts.readable(span); i++) {
                line.append(' ').append(facts.value(span, i));
            }
            all.add(line.toString());
        }
        return all;
    }

    private static RandomGenerator generator() {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    }

    private void forMany(int count, Consumer<ModbusMessage> property) {
        ModbusMessages messages = new ModbusMessages(generator());
        for (int i = 0; i < count; i++) {
            ModbusMessage message = messages.any();
            bench.session.reset();
            try {
                property.accept(message);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + SEED + ", message " + i + ", function " + message.function()
                        + ", request " + message.request() + ", answer " + message.answer(), e);
            }
        }
    }
}
