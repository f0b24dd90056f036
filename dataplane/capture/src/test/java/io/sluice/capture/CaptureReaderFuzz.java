package io.sluice.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
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
            assertEquals(true, e.getMessage().startsWith("fuzz: "));
            return;
        }
        try {
            assertEquals(whole, Packet.dribbled(content, SMALL));
        } catch (CaptureException e) {
            throw new AssertionError("refused only when it arrives slowly", e);
        }
    }
}
