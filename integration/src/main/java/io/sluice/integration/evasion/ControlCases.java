package io.sluice.integration.evasion;

import static io.sluice.testdata.PacketBuilder.ACK;
import static io.sluice.testdata.PacketBuilder.FIN;
import static io.sluice.testdata.PacketBuilder.RST;
import static io.sluice.testdata.PacketBuilder.SYN;

import io.sluice.integration.evasion.EvasionCase.Expected;
import io.sluice.integration.evasion.EvasionCase.Kind;
import io.sluice.integration.evasion.EvasionCase.Script;
import java.util.ArrayList;
import java.util.List;

/** Segments that end or renew a connection for whoever believes them, and for the server do not; then the message, whatever it is. */
final class ControlCases {
    private static final int FAR = 1 << 20;

    private final List<EvasionCase> cases = new ArrayList<>();

    private ControlCases() {
        after("rst-outside", "a reset far outside the window", play -> play.send(play.empty(FAR).flags(RST)));
        after("rst-inside", "a reset within the window, not at its edge", play -> play.send(
                play.empty(100).flags(RST)));
        after("fin-outside", "a FIN far outside the window", play -> play.send(play.empty(FAR).flags(FIN | ACK)));
        after("syn-again", "a second SYN", play -> play.send(play.empty(1000).flags(SYN).acknowledgment(0)));
        after("keep-alive", "a keep-alive with a byte of garbage", play -> play.send(play.empty(-1)
                .payload(new byte[]{0x77})));
        after("far-ahead", "a segment far outside the window", play -> play.send(play.empty(FAR)
                .payload(play.decoy())));
        after("zero-window", "an announcement of no window", play -> play.send(play.empty(0).flags(ACK).window(0)));
    }

    static List<EvasionCase> list() {
        return new ControlCases().cases;
    }

    private void after(String name, String says, Script before) {
        cases.add(new EvasionCase(name, "after " + says, Expected.ARRIVES, Kind.OPEN, play -> {
            before.play(play);
            play.pause();
            play.whole(play.subject());
        }));
    }
}
