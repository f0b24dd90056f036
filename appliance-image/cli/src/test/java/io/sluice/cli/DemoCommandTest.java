package io.sluice.cli;

import static io.sluice.cli.Shell.sluice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.Shell.Ran;
import org.junit.jupiter.api.Test;

class DemoCommandTest {
    // Every reason for which the recording's README says that something is refused.
    @Test
    void theRecordedDemoShowsEveryReasonForARefusal() {
        Ran demo = sluice("demo", "--replay");
        assertEquals(0, demo.exitCode(), demo.err());
        assertEquals("", demo.err());
        for (String reason : new String[]{"its rate is used up", "its window is closed",
                "outside the permitted values", "outside the permitted addresses", "no rule permits this operation",
                "no rule permits this function", "safety trip limit, HAZOP", "opaque", "no conduit",
                "answers a refused request", "write unit 0 holding 100 = 1", "10.3.1.77"}) {
            assertTrue(demo.out().contains(reason), () -> "`" + reason + "` is missing in: " + demo.out());
        }
    }

    @Test
    void theRecordedDemoShowsItsPolicyAndWhatToDoNext() {
        String out = sluice("demo", "--replay").out();
        assertTrue(out.contains("\n    policy: line-3\n") && out.contains("{id: s9, do: write, address: 118"), out);
        assertTrue(out.contains("./sluice replay plant.pcap --policy my-policy.yaml"), out);
        assertTrue(out.lines().allMatch(line -> line.length() <= 120 && line.equals(line.stripTrailing())), out);
    }

    @Test
    void aDemoOfNoTimeIsWrongUsage() {
        Ran demo = sluice("demo", "--seconds", "0");
        assertEquals(2, demo.exitCode());
        assertTrue(demo.err().contains("--seconds must be 1 or more"), demo.err());
    }
}
