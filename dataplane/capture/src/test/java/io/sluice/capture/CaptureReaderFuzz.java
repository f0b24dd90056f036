package io.sluice.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sluice.capture.CaptureTrouble.Kind;
import java.io.ByteArrayInputStream;

/** Any bytes: no exception but a refusal at the start, an end, and the same packets however the bytes arrive. */
class CaptureReaderFuzz {
    private static final CaptureLimits SMALL = new CaptureLimits(4_096, 8_192, 16, 20, 64);

    @FuzzTest(maxDuration = "10s")
    void anyBytes(byte[] content) {
        Packet.Reading whole;
        try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(content), "fuzz", SMALL)) {
            whole = Packet.all(reader);
        } catch (CaptureException e) {
            assertTrue(e.getMessage().startsWith("fuzz: "));
            return;
        }
        try {
            Packet.Reading slow = Packet.dribbled(content, SMALL);
            if (whole.kinds().contains(Kind.UNREADABLE) || slow.kinds().contains(Kind.UNREADABLE)) {
                // How much comes out of damaged compression before the damage is up to the decompressor
                int common = Math.min(whole.packets().size(), slow.packets().size());
                assertEquals(whole.packets().subList(0, common), slow.packets().subList(0, common));
            } else {
                assertEquals(whole, slow);
            }
        } catch (CaptureException e) {
            assertTrue(whole.kinds().contains(Kind.UNREADABLE), "refused only when it arrives slowly");
        }
    }
}
