package io.sluice.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.integration.device.DeviceUnderTest;
import io.sluice.integration.device.Plant;
import io.sluice.integration.peer.ModbusLoad;
import io.sluice.integration.peer.ModbusServer;
import io.sluice.testdata.net.Namespace;
import io.sluice.testdata.net.Peer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Many connections at once, in peace and while the policy is swapped. Segments are counted that a busy neighbour would delay. */
@Tag("alone")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoadIT {
    private static final String PLC = "10.3.1.10";
    private static final int CONNECTIONS = 100, SWAPS = 30, APART_MILLISECONDS = 100;

    private Plant plant;
    private Namespace cell;
    private Namespace ops;
    private Peer load;
    private DeviceUnderTest device;

    @BeforeAll
    void build() {
        Rig.needed();
        plant = new Plant();
        cell = plant.host("plc", "cell", "00:80:f4:01:02:03", PLC + "/24");
        ops = plant.host("hmi", "plant", "02:53:4c:03:01:05", "10.3.1.105/24");
        plant.peer(cell, ModbusServer.class, PLC, "502");
        load = plant.peer(ops, ModbusLoad.class);
        device = plant.device(Rig.policy("line-3"));
        device.start();
    }

    @AfterAll
    void remove() {
        Rig.close(plant);
    }

    @Test
    void aHundredConnectionsAtOnceGetAllTheirAnswers() {
        long repeated = repeated();
        load.ask("start " + PLC + " " + CONNECTIONS + " 5");
        Rig.pause(3000);
        assertGood(stop(), 10 * CONNECTIONS, repeated() - repeated);
    }

    /** The same policy, and one with other limits that allows what is asked for as well. */
    @Test
    void policiesAreSwappedTenTimesASecondUnderLoadAndNothingIsLost() {
        long repeated = repeated();
        load.ask("start " + PLC + " 20 2");
        Rig.pause(300);
        long start = System.nanoTime();
        for (int i = 0; i < SWAPS; i++) {
            device.apply(Rig.policy(i % 2 == 0 ? "line-3-other" : "line-3"));
            long next = start + Duration.ofMillis(APART_MILLISECONDS).multipliedBy(i + 1L).toNanos();
            Rig.pause((int) Math.max(0, (next - System.nanoTime()) / 1_000_000));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%d policies applied in %.1f s under load%n", SWAPS, seconds);
        assertGood(stop(), 1000, repeated() - repeated);
        assertTrue(seconds < 10.0 * SWAPS * APART_MILLISECONDS / 1000, () -> "a policy takes long: " + seconds + " s");
    }

    private Map<String, Long> stop() {
        return Rig.counts(load.ask("stop"));
    }

    private long repeated() {
        return cell.retransmitted() + ops.retransmitted();
    }

    /** The firewall's side of a lost connection; a bridge has none. */
    private List<String> refusals() {
        return Files.exists(plant.folder().resolve("data/journal"))
                ? Rig.journal(plant).lines().filter(line -> line.contains("\"event_type\":\"alert\"")
                        || line.contains("\"event_type\":\"drop\"")).limit(20).toList()
                : List.of();
    }

    /** A frame that is lost shows as a segment that is sent again; a busy machine has a few without that. */
    private void assertGood(Map<String, Long> counts, int least, long repeated) {
        System.out.println("load: " + counts + ", segments sent again " + repeated);
        assertEquals(0, counts.getOrDefault("lost", -1L),
                () -> "connections were lost: " + load.said() + "; the firewall"
                        + " wrote of refusals: " + refusals());
        assertEquals(0, counts.getOrDefault("wrong", -1L));
        assertTrue(counts.getOrDefault("answers", -1L) >= least, () -> "too few to say anything: " + counts);
        assertTrue(repeated * 200 <= counts.getOrDefault("answers", -1L),
                () -> repeated + " segments were sent again, of " + counts);
    }
}
