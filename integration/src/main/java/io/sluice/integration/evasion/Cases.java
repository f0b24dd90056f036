package io.sluice.integration.evasion;

import static io.sluice.integration.evasion.EvasionCase.Expected.ARRIVES;
import static io.sluice.integration.evasion.EvasionCase.Expected.EITHER;
import static io.sluice.integration.evasion.EvasionCase.Expected.NEVER;
import static io.sluice.integration.evasion.Material.SIZE;
import static io.sluice.integration.evasion.Material.all;
import static io.sluice.integration.evasion.Material.lengthOf;
import static io.sluice.testdata.PacketBuilder.ACK;
import static io.sluice.testdata.PacketBuilder.FIN;
import static io.sluice.testdata.PacketBuilder.PSH;
import static io.sluice.testdata.PacketBuilder.RST;
import static io.sluice.testdata.PacketBuilder.SYN;
import static io.sluice.testdata.PacketBuilder.URG;

import io.sluice.integration.evasion.EvasionCase.Expected;
import io.sluice.integration.evasion.EvasionCase.Kind;
import io.sluice.integration.evasion.EvasionCase.Script;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** The ways of {@link EvasionCase}, after Ptacek and Newsham (1998), RFC 5961, RFC 7323 and what Modbus itself offers. */
public final class Cases {
    /** Behind the value in a message of FC 6, and in front of it. */
    private static final int HALF = 6, FAR = 1 << 20, MIDDLE = 8;

    private final List<EvasionCase> cases = new ArrayList<>();

    private Cases() {
        segmentation();
        lengths();
        order();
        otherContent();
        badSegments();
        control();
        cases.addAll(NetworkCases.list());
    }

    public static List<EvasionCase> list() {
        return List.copyOf(new Cases().cases);
    }

    public static EvasionCase named(String name) {
        return list().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }

    private void add(String name, String says, Expected permitted, Script script) {
        add(name, says, permitted, Kind.OPEN, script);
    }

    private void add(String name, String says, Expected permitted, Kind kind, Script script) {
        cases.add(new EvasionCase(name, says, permitted, kind, script));
    }

    private void segmentation() {
        add("whole", "in one segment", ARRIVES, play -> play.whole(play.subject()));
        for (int cut = 1; cut < SIZE; cut++) {
            int at = cut;
            add("split-" + cut, "in two segments, the first of %d bytes".formatted(cut), ARRIVES,
                    play -> play.cut(play.subject(), at));
        }
        add("one-byte", "in segments of one byte", ARRIVES,
                play -> play.cut(play.subject(), IntStream.range(1, SIZE).toArray()));
        add("one-byte-at-once", "in segments of one byte, none waiting for another", ARRIVES,
                play -> IntStream.range(0, SIZE).forEach(at -> play.piece(play.subject(), at, at + 1)));
        for (int count = 2; count <= 8; count++) {
            int reads = count - 1;
            add("pipeline-" + count, "last of %d messages in a segment, the others reads".formatted(count), ARRIVES,
                    play -> play.whole(all(repeated(play.read(), reads), play.subject())));
        }
        add("pipeline-first", "first of 4 messages in a segment", ARRIVES,
                play -> play.whole(all(play.subject(), repeated(play.read(), 3))));
        add("pipeline-middle", "between permitted writes, across two segments", ARRIVES,
                play -> play.cut(all(play.decoy(), play.subject(), play.decoy()), SIZE + MIDDLE));
    }

    private static byte[] repeated(byte[] message, int count) {
        return all(Collections.nCopies(count, message).toArray(byte[][]::new));
    }

    private void lengths() {
        add("swallow", "behind a read whose MBAP length covers both", NEVER,
                play -> play.whole(all(lengthOf(play.read(), HALF + SIZE), play.subject())));
        add("swallow-short", "behind a read whose MBAP length is one too small", NEVER,
                play -> play.whole(all(lengthOf(play.read(), HALF - 1), play.subject())));
        add("swallow-cut", "behind a read whose MBAP length covers both, in a segment of its own", NEVER,
                play -> play.cut(all(lengthOf(play.read(), HALF + SIZE), play.subject()), SIZE));
        for (int length : new int[]{HALF - 1, HALF + 1, 0, 65_535}) {
            add("length-" + length, "with an MBAP length of %d instead of 6".formatted(length), NEVER,
                    play -> play.whole(lengthOf(play.subject(), length)));
        }
        add("length-7-and-byte", "with an MBAP length of 7, and the byte that it promises", NEVER,
                play -> play.whole(all(lengthOf(play.subject(), HALF + 1), new byte[1])));
    }

    private void order() {
        add("swapped", "in two segments, the second first", ARRIVES, play -> {
            play.piece(play.subject(), HALF, SIZE);
            play.pause();
            play.piece(play.subject(), 0, HALF);
        });
        add("backwards", "in segments of one byte, the last first", ARRIVES, play -> {
            for (int at = SIZE - 1; at >= 0; at--) {
                play.piece(play.subject(), at, at + 1);
            }
        });
        add("overlap-same", "in two segments that overlap and agree", ARRIVES, play -> {
            play.piece(play.subject(), 0, MIDDLE);
            play.pause();
            play.piece(play.subject(), HALF, SIZE);
        });
        add("overlap-held", "whole, over a half that came too early and says something else", EITHER, play -> {
            play.piece(play.decoy(), HALF, SIZE);
            play.pause();
            play.piece(play.subject(), 0, SIZE);
        });
        add("overlap-tail", "its end came too early; what fills the gap reaches into it and disagrees", EITHER,
                play -> {
                    play.piece(play.subject(), MIDDLE, SIZE);
                    play.pause();
                    play.piece(play.decoy(), 0, SIZE - 2);
                });
        add("overlap-sent", "a permitted write but for its last byte; then all of it", EITHER, play -> {
            play.piece(play.decoy(), 0, SIZE - 1);
            play.pause();
            play.piece(play.subject(), 0, SIZE);
        });
    }

    private void otherContent() {
        add("again-unacknowledged", "after a permitted write with a wrong checksum, as if sent again", ARRIVES,
                play -> {
                    play.piece(play.decoy(), 0, SIZE, packet -> packet.wrongTransportChecksum());
                    play.piece(play.subject(), 0, SIZE);
                });
        add("again-before-ack", "right after a permitted write at the same place", EITHER, play -> {
            play.piece(play.decoy(), 0, SIZE);
            play.piece(play.subject(), 0, SIZE);
        });
        add("again-after-ack", "at the place of a permitted write that was acknowledged", EITHER, play -> {
            play.piece(play.decoy(), 0, SIZE);
            play.awaitAcknowledged(play.decoy());
            play.piece(play.subject(), 0, SIZE);
        });
        add("repeated", "three times whole, as TCP does when nobody acknowledges", ARRIVES, play -> {
            for (int i = 0; i < 3; i++) {
                play.whole(play.subject());
                play.pause();
            }
        });
        add("repeated-split", "whole, and then in halves and in bytes", ARRIVES, play -> {
            play.whole(play.subject());
            play.pause();
            play.cut(play.subject(), HALF);
            play.cut(play.subject(), IntStream.range(1, SIZE).toArray());
        });
        add("repeated-more", "whole, and again with a read behind it in one segment", ARRIVES, play -> {
            play.whole(play.subject());
            play.pause();
            play.whole(all(play.subject(), play.read()));
        });
    }

    private void badSegments() {
        decoyed("checksum", "with a wrong TCP checksum", play -> play.piece(play.decoy(), 0, SIZE,
                packet -> packet.wrongTransportChecksum()));
        decoyed("future-ack", "that acknowledges what was never sent", play -> play.piece(play.decoy(), 0, SIZE,
                packet -> packet.acknowledgment(play.connection().expected() + FAR)));
        decoyed("no-ack", "without the ACK flag", play -> play.piece(play.decoy(), 0, SIZE,
                packet -> packet.flags(PSH)));
        decoyed("no-flags", "without any flag", play -> play.piece(play.decoy(), 0, SIZE, packet -> packet.flags(0)));
        decoyed("syn-inside", "with the SYN flag", play -> play.piece(play.decoy(), 0, SIZE,
                packet -> packet.flags(SYN | PSH | ACK)));
        decoyed("syn-fin", "with the flags SYN and FIN", play -> play.piece(play.decoy(), 0, SIZE,
                packet -> packet.flags(SYN | FIN | PSH | ACK)));
        decoyed("fin-no-ack", "that says FIN, PSH and URG without the ACK flag",
                play -> play.piece(play.decoy(), 0, SIZE,
                        packet -> packet.flags(FIN | PSH | URG)));
        decoyed("data-offset-small", "whose data offset points into the TCP header", play -> play.piece(play.decoy(), 0,
                SIZE, packet -> packet.declaredDataOffset(4)));
        decoyed("data-offset", "whose data offset points behind its end", play -> play.piece(play.decoy(), 0, SIZE,
                packet -> packet.declaredDataOffset(15)));
        add("stale-timestamp", "after a permitted write with an old timestamp", ARRIVES, Kind.TIMESTAMPS, play -> {
            play.piece(play.decoy(), 0, SIZE, packet -> packet.options(play.connection().staleTimestamp()));
            play.pause();
            play.whole(play.subject());
        });
        // Linux drops such a segment, but not on its fast path: tcp_rcv_established queues the bytes before it looks.
        add("old-ack", "after a permitted write that acknowledges only what came long before", EITHER, play -> {
            play.piece(play.decoy(), 0, SIZE, packet -> packet.acknowledgment(play.connection().expected() - FAR));
            play.pause();
            play.whole(play.subject());
        });
        add("no-timestamp", "without the timestamps that were agreed on", ARRIVES, Kind.TIMESTAMPS,
                play -> play.piece(play.subject(), 0, SIZE, packet -> packet.options(new byte[0])));
        add("broken-option", "with a TCP option of length 0", NEVER,
                play -> play.piece(play.subject(), 0, SIZE, packet -> packet.options(new byte[]{8, 0, 0, 0})));
        add("urgent", "with a byte between that is urgent, and so is not read in line", NEVER, play -> {
            byte[] bytes = all(Arrays.copyOf(play.subject(), MIDDLE), new byte[]{0x55},
                    Arrays.copyOfRange(play.subject(), MIDDLE, SIZE));
            play.piece(bytes, 0, bytes.length, packet -> packet.flags(URG | PSH | ACK).urgent(MIDDLE + 1));
        });
    }

    /** The message comes after a permitted one at the same place that the server must not have taken. */
    private void decoyed(String name, String says, Script decoy) {
        add(name, "after a permitted write " + says, ARRIVES, play -> {
            decoy.play(play);
            play.pause();
            play.whole(play.subject());
        });
    }

    private void control() {
        cases.addAll(ControlCases.list());
        add("fin-early", "after a FIN behind a gap", ARRIVES, play -> {
            play.send(play.empty(SIZE).flags(FIN | ACK));
            play.pause();
            play.whole(play.subject());
        });
        add("behind-fin", "behind a FIN", NEVER, play -> {
            play.send(play.empty(0).flags(FIN | ACK));
            play.pause();
            play.piece(all(new byte[1], play.subject()), 1, 1 + SIZE);
        });
        add("in-fin", "in a segment that also says FIN", ARRIVES,
                play -> play.piece(play.subject(), 0, SIZE, packet -> packet.flags(FIN | PSH | ACK)));
        add("in-rst", "in a segment that also says RST", NEVER,
                play -> play.piece(play.subject(), 0, SIZE, packet -> packet.flags(RST | PSH | ACK)));
        add("behind-rst", "behind a reset at the edge of the window", NEVER, play -> {
            play.send(play.empty(0).flags(RST));
            play.pause();
            play.whole(play.subject());
        });
        add("port-again", "over a connection from the port of one that was reset", ARRIVES, Kind.CLOSED, play -> {
            play.connection().open();
            play.whole(play.decoy());
            play.awaitAcknowledged(play.decoy());
            play.connection().openAgain();
            play.whole(play.subject());
        });
        add("mid-stream", "without any handshake", NEVER, Kind.CLOSED, play -> play.whole(play.subject()));
        add("half-seen", "in the segment that completes the handshake", ARRIVES, Kind.CLOSED, play -> {
            play.connection().openHalf();
            play.whole(play.subject());
        });
        add("in-syn", "where a SYN had carried a permitted write", ARRIVES, Kind.CLOSED, play -> {
            if (!play.connection().openHalf(play.decoy())) {
                play.connection().openHalf(); // as RFC 7413 §4.1.3 has it where nobody answers
            }
            play.connection().acknowledge();
            play.whole(play.subject());
        });
        add("before-handshake", "before the handshake, and again after it", ARRIVES, Kind.CLOSED, play -> {
            play.whole(play.decoy());
            play.pause();
            play.connection().open();
            play.whole(play.subject());
        });
    }
}
