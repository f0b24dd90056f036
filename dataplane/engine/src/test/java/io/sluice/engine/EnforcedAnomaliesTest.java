package io.sluice.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sluice.testdata.PacketBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is told of an anomaly is told what became of the frame, also where no flow could tell. */
class EnforcedAnomaliesTest {
    private static final String MONITORED = Desk.text("monitor", "reset");
    /** The policy monitors, and the conduits between the two are enforced already. */
    private static final String ENFORCED_BETWEEN = MONITORED.replace("    on_deny: reset\n",
            "    on_deny: reset\n    mode: enforce\n");

    private static final PacketBuilder DAMAGED = PacketBuilder.ethernet().ipv4(Desk.CLIENT, Desk.SERVER)
            .udp(4000, 502).payload(new byte[]{0, 1, 0, 0, 0, 6, 1, 3, 0, 0, 0, 1}).wrongIpChecksum();
    private static final PacketBuilder MIDSTREAM = PacketBuilder.ethernet().ipv4(Desk.CLIENT, Desk.SERVER)
            .tcp(4000, 502).flags(0x10).sequence(77).acknowledgment(88);

    private static List<Boolean> dropped(String policy, Profile profile, PacketBuilder packet, Answer.Action wanted) {
        try (Desk desk = new Desk(Desk.compile(policy), profile, EngineLimits.DEFAULT)) {
            assertEquals(wanted, desk.accept(packet).action());
            return desk.dropped;
        }
    }

    @Test
    void aDamagedPacketIsDroppedWhereTheConduitsBetweenItsEndsAreEnforced() {
        assertEquals(List.of(true),
                dropped(Desk.text("enforce", "reset"), Profile.INLINE, DAMAGED, Answer.Action.DROP));
        assertEquals(List.of(true), dropped(ENFORCED_BETWEEN, Profile.INLINE, DAMAGED, Answer.Action.DROP));
        assertEquals(List.of(false), dropped(MONITORED, Profile.INLINE, DAMAGED, Answer.Action.FORWARD));
    }

    @Test
    void whoOnlyLooksOnDropsNothingWhateverThePolicySays() {
        assertEquals(List.of(false),
                dropped(Desk.text("enforce", "reset"), Profile.OBSERVE, DAMAGED, Answer.Action.FORWARD));
    }

    @Test
    void aConnectionThatWasNotSeenToBeginIsDroppedWhereItIsEnforced() {
        assertEquals(List.of(true), dropped(ENFORCED_BETWEEN, Profile.INLINE, MIDSTREAM, Answer.Action.DROP));
        assertFalse(dropped(MONITORED, Profile.INLINE, MIDSTREAM, Answer.Action.FORWARD).contains(true));
    }
}
