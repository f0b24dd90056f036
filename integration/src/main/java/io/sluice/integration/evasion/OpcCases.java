package io.sluice.integration.evasion;

import static io.sluice.integration.evasion.EvasionCase.Expected.ARRIVES;
import static io.sluice.integration.evasion.EvasionCase.Expected.EITHER;

import io.sluice.integration.evasion.EvasionCase.Expected;
import io.sluice.integration.evasion.EvasionCase.Kind;
import io.sluice.integration.evasion.EvasionCase.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Ways to send an OPC UA write; what is sent is what Milo made of it, one chunk or several, with or without a read before it. */
public final class OpcCases {
    /** Longer than a write of one number: every place in it is cut once. */
    public static final int LONGEST = 160;

    private static final int SMALL = 700;

    private final List<EvasionCase> cases = new ArrayList<>();

    private OpcCases() {
        add("whole", "in one segment", ARRIVES, play -> play.whole(play.subject()));
        add("one-byte", "in segments of one byte", ARRIVES, play -> play.cut(play.subject(), IntStream.range(1,
                Math.min(play.subject().length, LONGEST)).toArray()));
        add("one-byte-at-once", "in segments of one byte, none waiting for another", ARRIVES,
                play -> IntStream.range(0, play.subject().length)
                        .forEach(at -> play.piece(play.subject(), at, at + 1)));
        add("swapped", "in halves, the second first", ARRIVES, play -> {
            int half = play.subject().length / 2;
            play.piece(play.subject(), half, play.subject().length);
            play.pause();
            play.piece(play.subject(), 0, half);
        });
        add("with-read", "in one segment behind a read", ARRIVES, play -> play.whole(play.subject()));
        add("chunked", "in the last of several chunks, in segments of 700 bytes", ARRIVES, play -> play.cut(
                play.subject(), IntStream.range(1, (play.subject().length + SMALL - 1) / SMALL).map(i -> i * SMALL)
                        .toArray()));
        add("again-unacknowledged", "after a permitted write with a wrong checksum, as if sent again", ARRIVES,
                play -> {
                    play.piece(play.decoy(), 0, play.decoy().length, packet -> packet.wrongTransportChecksum());
                    play.whole(play.subject());
                });
        add("again-after-ack", "at the place of a permitted write that was acknowledged", EITHER, play -> {
            play.whole(play.decoy());
            play.awaitAcknowledged(play.decoy());
            play.whole(play.subject());
        });
        add("overlap-held", "whole, over an end that came too early and says something else", EITHER, play -> {
            int half = play.subject().length / 2;
            play.piece(play.decoy(), half, play.decoy().length);
            play.pause();
            play.whole(play.subject());
        });
        add("fragments", "in IP fragments of 16 bytes, the last first", ARRIVES,
                play -> play.frames(play.fragments(play.subject(), 16).reversed()));
    }

    private void add(String name, String says, Expected permitted, Script script) {
        cases.add(new EvasionCase(name, says, permitted, Kind.OPEN, script));
    }

    public static List<EvasionCase> list() {
        return List.copyOf(new OpcCases().cases);
    }

    /** A case of the list, or one that cuts a message in two: {@code split-17}. */
    public static EvasionCase named(String name) {
        if (name.startsWith("split-")) {
            int cut = Integer.parseInt(name.substring("split-".length()));
            return new EvasionCase(name, "in two segments, the first of %d bytes".formatted(cut), ARRIVES, Kind.OPEN,
                    play -> play.cut(play.subject(), Math.min(cut, play.subject().length - 1)));
        }
        return list().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }
}
