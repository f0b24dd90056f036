package io.sluice.integration.evasion;

import static io.sluice.integration.evasion.EvasionCase.Expected.ARRIVES;
import static io.sluice.integration.evasion.EvasionCase.Expected.EITHER;
import static io.sluice.integration.evasion.EvasionCase.Expected.NEVER;
import static io.sluice.testdata.PacketBuilder.ACK;
import static io.sluice.testdata.PacketBuilder.PSH;
import static io.sluice.testdata.PacketBuilder.URG;

import io.sluice.integration.evasion.EvasionCase.Expected;
import io.sluice.integration.evasion.EvasionCase.Kind;
import io.sluice.integration.evasion.EvasionCase.Script;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Ways to send an OPC UA write; what is sent is what Milo made of it, one chunk or several, with or without a read before it. */
public final class OpcCases {
    /** Longer than a write of one number: every place in it is cut once. */
    private static final int LONGEST = 160;

    private static final String SPLIT = "split";

    private static final int SMALL = 700;

    /** Of a chunk's header: OPC 10000-6 §6.7.2.2. */
    private static final int CHUNK_TYPE = 3, SIZE = 4;

    private final List<EvasionCase> cases = new ArrayList<>();

    private OpcCases() {
        segmentation();
        order();
        otherContent();
        headers();
        cases.addAll(ControlCases.list());
    }

    private void segmentation() {
        add("whole", "in one segment", ARRIVES, play -> play.whole(play.subject()));
        add(SPLIT, "in two segments, cut at each of its bytes in turn", ARRIVES, play -> play.whole(play.subject()));
        add("one-byte", "in segments of one byte", ARRIVES, play -> play.cut(play.subject(), IntStream.range(1,
                Math.min(play.subject().length, LONGEST)).toArray()));
        add("one-byte-at-once", "in segments of one byte, none waiting for another", ARRIVES,
                play -> IntStream.range(0, play.subject().length)
                        .forEach(at -> play.piece(play.subject(), at, at + 1)));
        add("with-read", "in one segment behind a read", ARRIVES, play -> play.whole(play.subject()));
        add("chunked", "in the last of several chunks, in segments of 700 bytes", ARRIVES, play -> play.cut(
                play.subject(), IntStream.range(1, (play.subject().length + SMALL - 1) / SMALL).map(i -> i * SMALL)
                        .toArray()));
        add("fragments", "in IP fragments of 16 bytes, the last first", ARRIVES,
                play -> play.frames(play.fragments(play.subject(), 16).reversed()));
    }

    private void order() {
        add("swapped", "in halves, the second first", ARRIVES, play -> {
            play.piece(play.subject(), half(play), play.subject().length);
            play.pause();
            play.piece(play.subject(), 0, half(play));
        });
        add("overlap-same", "in two segments that overlap and agree", ARRIVES, play -> {
            play.piece(play.subject(), 0, half(play) + 9);
            play.pause();
            play.piece(play.subject(), half(play), play.subject().length);
        });
        add("overlap-held", "whole, over an end that came too early and says something else", EITHER, play -> {
            play.piece(play.decoy(), half(play), play.decoy().length);
            play.pause();
            play.whole(play.subject());
        });
        add("overlap-tail", "its end came too early; what fills the gap reaches into it and disagrees", EITHER,
                play -> {
                    play.piece(play.subject(), half(play), play.subject().length);
                    play.pause();
                    play.piece(play.decoy(), 0, play.decoy().length - 1);
                });
        add("overlap-sent", "a permitted write but for its last byte; then all of it", EITHER, play -> {
            play.piece(play.decoy(), 0, play.decoy().length - 1);
            play.pause();
            play.whole(play.subject());
        });
    }

    private static int half(Play play) {
        return play.subject().length / 2;
    }

    private void otherContent() {
        add("again-unacknowledged", "after a permitted write with a wrong checksum, as if sent again", ARRIVES,
                play -> {
                    play.piece(play.decoy(), 0, play.decoy().length, packet -> packet.wrongTransportChecksum());
                    play.whole(play.subject());
                });
        add("again-before-ack", "right after a permitted write at the same place", EITHER, play -> {
            play.whole(play.decoy());
            play.whole(play.subject());
        });
        add("again-after-ack", "at the place of a permitted write that was acknowledged", EITHER, play -> {
            play.whole(play.decoy());
            play.awaitAcknowledged(play.decoy());
            play.whole(play.subject());
        });
        add("repeated", "three times whole, as TCP does when nobody acknowledges", ARRIVES, play -> {
            for (int i = 0; i < 3; i++) {
                play.whole(play.subject());
                play.pause();
            }
        });
        add("urgent", "in a segment that says its first byte is urgent", EITHER, play -> play.piece(play.subject(), 0,
                play.subject().length, packet -> packet.flags(URG | PSH | ACK).urgent(1)));
        add("hops-1", "with a time to live of 1", ARRIVES, play -> play.piece(play.subject(), 0, play.subject().length,
                packet -> packet.hops(1)));
    }

    private void headers() {
        sized("size-less", "with a size in its header that is one too small", size -> size - 1);
        sized("size-0", "with a size of 0 in its header", size -> 0);
        sized("size-huge", "with a size of 2 GiB in its header", size -> Integer.MAX_VALUE);
        // It never ends, so all of it goes on where all that can be read of it is permitted.
        add("size-more", "with a size in its header that is one too large", EITHER,
                play -> play.whole(ofSize(play.subject(), play.subject().length + 1)));
        add("swallow", "behind a read whose size covers both", NEVER,
                play -> play.whole(ofSize(play.subject(), play.subject().length)));
        add("never-final", "in a chunk that says that others follow", EITHER, play -> {
            byte[] bytes = play.subject().clone();
            bytes[CHUNK_TYPE] = 'C';
            play.whole(bytes);
        });
    }

    private void sized(String name, String says, IntUnaryOperator size) {
        add(name, says, NEVER,
                play -> play.whole(ofSize(play.subject(), size.applyAsInt(play.subject().length))));
    }

    private static byte[] ofSize(byte[] message, int size) {
        return ByteBuffer.wrap(message.clone()).order(ByteOrder.LITTLE_ENDIAN).putInt(SIZE, size).array();
    }

    private void add(String name, String says, Expected permitted, Script script) {
        cases.add(new EvasionCase(name, says, permitted, Kind.OPEN, script));
    }

    public static List<EvasionCase> list() {
        return List.copyOf(new OpcCases().cases);
    }

    /** The names of the plays that a case consists of: its own, or one for each place where a message can be cut. */
    public static List<String> plays(EvasionCase each) {
        return each.name().equals(SPLIT)
                ? IntStream.range(1, LONGEST).mapToObj(cut -> SPLIT + "-" + cut).toList()
                : List.of(each.name());
    }

    /** A play by its name. */
    public static EvasionCase named(String name) {
        if (name.startsWith(SPLIT + "-")) {
            int cut = Integer.parseInt(name.substring(SPLIT.length() + 1));
            return new EvasionCase(name, "in two segments", ARRIVES, Kind.OPEN,
                    play -> play.cut(play.subject(), Math.min(cut, play.subject().length - 1)));
        }
        return list().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }
}
