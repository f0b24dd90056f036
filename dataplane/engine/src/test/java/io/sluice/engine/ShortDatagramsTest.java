package io.sluice.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.sluice.engine.words.Words;
import io.sluice.testdata.PacketBuilder;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Datagrams of any length, none at all included, are judged and not choked on. */
class ShortDatagramsTest {
    private static final byte[] READ = {0, 1, 0, 0, 0, 6, 1, 3, 0, 0, 0, 1};

    @Test
    void aDatagramThatIsNotOneWholeMessageIsMalformedHoweverShort() {
        for (Profile profile : Profile.values()) {
            for (int length = 0; length < READ.length; length++) {
                try (Desk desk = new Desk(profile)) {
                    Answer answer = desk.accept(datagram(length));
                    assertEquals(profile == Profile.OBSERVE ? Answer.Action.FORWARD : Answer.Action.DROP,
                            answer.action(), length + " bytes, " + profile);
                    assertEquals(1, desk.messages.size());
                    assertNotNull(desk.messages.getFirst().problem(), length + " bytes, " + profile);
                    desk.emitted(); // what a host would send is sound, if there is anything
                }
            }
        }
    }

    // Who tells of it describes what there is, which may be nothing.
    @Test
    void itCanBePutIntoWords() {
        List<String> words = new ArrayList<>();
        EngineListener listener = new EngineListener() {
            @Override
            public void message(MessageEvent event) {
                words.add(Words.does(event) + ": " + Words.detail(event));
            }
        };
        try (Arena arena = Arena.ofConfined();
                Engine engine = new Engine(Desk.policy("enforce", "reply"),
                        Profile.INLINE, EngineLimits.DEFAULT, listener)) {
            for (int length = 0; length < READ.length; length++) {
                byte[] bytes = datagram(length).build();
                MemorySegment frame = arena.allocate(bytes.length);
                MemorySegment.copy(bytes, 0, frame, ValueLayout.JAVA_BYTE, 0, bytes.length);
                engine.accept(frame, 0, bytes.length, bytes.length, LinkTypes.ETHERNET, length + 1, Desk.START);
            }
        }
        assertEquals(READ.length, words.size());
    }

    private static PacketBuilder datagram(int length) {
        return PacketBuilder.ethernet().ipv4(Desk.CLIENT, Desk.SERVER).udp(4000, 502)
                .payload(Arrays.copyOf(READ, length));
    }
}
