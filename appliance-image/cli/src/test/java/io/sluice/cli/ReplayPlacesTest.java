package io.sluice.cli;

import static io.sluice.cli.Shell.sluice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.Shell.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --zone}: a policy that names zones alone says nothing about the addresses of a capture. */
class ReplayPlacesTest {
    private static final String ZONES_ALONE = """
            policy: zones
            mode: enforce
            zones:
              cell: {ports: [cell]}
              ops: {ports: [plant]}
            conduits:
              reads:
                from: ops
                to: cell
                protocol: modbus
                allow:
                  - {id: r1, do: read}
            """;

    @TempDir
    Path folder;
    private Path policy = Path.of("");

    @BeforeEach
    void write() throws IOException {
        policy = Files.writeString(folder.resolve("zones.yaml"), ZONES_ALONE);
    }

    @Test
    void withoutItNothingMatchesAndTheReportSaysWhatToDo() {
        Ran ran = replay();
        assertTrue(ran.out().contains("--zone ZONE=NETWORK"), ran.out());
        assertTrue(ran.out().contains("Nothing matched a conduit"), ran.out());
        assertEquals(0, ran.exitCode());
    }

    @Test
    void withItTheConduitDecides() {
        Ran ran = replay("--zone", "cell=10.3.1.10", "--zone", "ops=10.3.1.96/28,10.3.1.77");
        assertTrue(ran.out().contains("places from --zone cell=10.3.1.10 --zone ops=10.3.1.96/28,10.3.1.77\n"),
                ran.out());
        assertTrue(ran.out().contains("ops -> cell (conduit reads)"), ran.out());
        assertTrue(ran.out().contains("of 189 requests allowed"), ran.out());
        assertEquals("", ran.err());
    }

    @Test
    void aZoneThatThePolicyDoesNotHaveIsNamedBesideThoseItHas() {
        assertWrong("--zone cel=…: policy `zones` has no zone `cel`; it has cell, ops", "--zone", "cel=10.3.1.0/24");
    }

    @Test
    void whatIsNoNetworkIsAnsweredByHowToWriteOne() {
        assertWrong("--zone cell: `10.3.1` is not a network; write `10.3.1.0/24` or `\"fd00:3::/64\"`", "--zone",
                "cell=10.3.1");
        assertWrong("--zone cell: `10.3.1.7/24` has bits set behind its prefix; write `10.3.1.0/24`", "--zone",
                "cell=10.3.1.7/24");
        assertWrong("--zone cell: `` is not a network; write `10.3.1.0/24` or `\"fd00:3::/64\"`", "--zone",
                "cell=10.3.1.0/24,");
        assertWrong("--zone cell: write ZONE=NETWORK, as in --zone cell-3=10.3.1.0/24", "--zone", "cell");
    }

    // A candidate that renames a zone is compared with the active policy, which does not have the new name yet.
    @Test
    void aZoneOfOneOfTwoPoliciesIsKnown() throws IOException {
        Path before = Files.writeString(folder.resolve("before.yaml"), ZONES_ALONE.replace("ops", "plant-floor"));
        Ran ran = replay("--baseline", before.toString(), "--zone", "cell=10.3.1.10", "--zone", "ops=10.3.1.96/28",
                "--zone", "plant-floor=10.3.1.96/28");
        assertTrue(ran.out().contains("No verdict differs"), ran.out() + ran.err());
        assertEquals(0, ran.exitCode());
    }

    private void assertWrong(String sentence, String... options) {
        assertEquals(new Ran(2, "", "sluice: " + sentence + "\ntry `sluice replay --help`\n"), replay(options));
    }

    private Ran replay(String... options) {
        List<String> arguments = new ArrayList<>(
                List.of("replay", Line3.CAPTURE.toString(), "--policy", policy.toString()));
        arguments.addAll(List.of(options));
        return sluice(arguments.toArray(String[]::new));
    }
}
