package io.sluice.rules.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What cannot be enforced is refused, with the place and the way out. */
class OpcUaRefusalTest {
    @Test
    void placeholder() {
        assertEquals(List.of(), OpcUaFixture.problemsOf("allow: [{id: a, do: read}]"));
    }
}
