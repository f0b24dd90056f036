package io.sluice.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.load.rig.RigException;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final String TEXT = """
            # TYPE a_total counter
            a_total{thread="sluice receive 0"} 12.0
            a_total{thread="b"} 3e2 1700000000000
            a_total_other 99
            b 0.25
            """;

    @Test
    void samplesOfAllLabelsAreAdded() throws RigException {
        assertEquals(312, Metrics.sum(TEXT, "a_total"));
        assertEquals(0.25, Metrics.sum(TEXT, "b"));
    }

    @Test
    void aMetricThatIsNotThereIsNamed() {
        RigException e = assertThrows(RigException.class, () -> Metrics.sum(TEXT, "a"));
        assertEquals("the firewall's statistics do not tell `a`", e.getMessage());
    }
}
