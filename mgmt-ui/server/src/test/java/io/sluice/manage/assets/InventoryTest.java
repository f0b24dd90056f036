package io.sluice.manage.assets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.journal.JournalSettings.Detail;
import io.sluice.manage.Recording;
import io.sluice.manage.assets.Asset.Role;
import io.sluice.manage.event.Event;
import io.sluice.testdata.Captures;
import io.sluice.testdata.ModbusTraffic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoryTest {
    private static final ModbusTraffic TRAFFIC = new ModbusTraffic(4_000, 10, 3);

    @TempDir
    Path folder;

    private static final InventoryListener NOBODY = new InventoryListener() {
    };

    private static Inventory inventory(List<Event> events, InventoryLimits limits) {
        Inventory inventory = new Inventory(limits, new InventoryState(), NOBODY);
        events.forEach(inventory::accept);
        return inventory;
    }

    private List<Event> traffic() throws Exception {
        try (Recording recording = new Recording(TRAFFIC.policy(), folder, Detail.WRITES)) {
            recording.traffic(TRAFFIC);
        }
        return Recording.events(folder);
    }

    private static Asset asset(List<Asset> assets, String id) {
        return assets.stream().filter(a -> a.id().equals(id)).findFirst().orElseThrow(() -> new AssertionError(
                id + " is not among " + assets.stream().map(Asset::id).toList()));
    }

    @Test
    void controllersAndMastersAreNamedAsInThePolicyWithWhatTheyDo() throws Exception {
        List<Event> events = traffic();
        List<Asset> assets = inventory(events, InventoryLimits.DEFAULT)
                .assets(NamedAssets.of(Recording.read(TRAFFIC.policy())));
        Asset plc = asset(assets, "plc-1");
        assertEquals("cell", plc.zone());
        assertEquals(List.of("10.3.1.1"), plc.addresses());
        assertEquals(List.of(Role.SERVER), plc.roles());
        assertEquals(List.of("modbus"), plc.protocols());
        assertEquals(1, plc.macs().size(), plc::toString);
        assertTrue(plc.macs().getFirst().matches("([0-9a-f]{2}:){5}[0-9a-f]{2}"));
        assertTrue(plc.known());
        assertTrue(plc.uses().stream().anyMatch(u -> u.does().startsWith("write unit 1 holding ")), plc::toString);
        assertTrue(plc.uses().stream().anyMatch(u -> u.denied() > 0));
        Asset hmi = asset(assets, "hmi-1");
        assertEquals(List.of(Role.CLIENT), hmi.roles());
        assertFalse(hmi.firstSeen() == null || hmi.firstSeen().isAfter(hmi.lastSeen()));
    }

    // Counted from flows and refusals, it must come to what the generator says that it sent.
    @Test
    void theMatrixCountsEveryRequestOnce() throws Exception {
        List<Event> events = traffic();
        List<Relation> relations = inventory(events, InventoryLimits.DEFAULT).relations(NamedAssets.NONE);
        ModbusTraffic.Summary summary = TRAFFIC.generate((_, _, _) -> {
        });
        assertEquals(summary.requests(), relations.stream().mapToLong(Relation::messages).sum());
        assertEquals(summary.refusals(), relations.stream().mapToLong(Relation::denied).sum());
        assertTrue(relations.stream().allMatch(r -> r.protocol().equals("modbus")));
        assertTrue(relations.stream().anyMatch(r -> r.functions().contains("function 43/14")));
    }

    // MODBUS Application Protocol V1.1b3 §6.21, from the answers that crossed the wire.
    @Test
    void devicesSayWhatTheyAre() throws Exception {
        List<Asset> assets = inventory(traffic(), InventoryLimits.DEFAULT).assets(NamedAssets.NONE);
        List<Asset> identified = assets.stream().filter(a -> a.identification().known()).toList();
        assertFalse(identified.isEmpty());
        identified.forEach(a -> assertTrue(a.identification().values().keySet().stream()
                .anyMatch(k -> k.endsWith("vendor_name")), a::toString));
        assertEquals(Identification.How.PASSIVE, identified.getFirst().identification().how());
    }

    // OPC 10000-4 §7.2, from a recording of a real client and server.
    @Test
    void opcUaApplicationsAreKnownByNameAndUri() throws Exception {
        String policy = Files.readString(Captures.project("testdata/opcua/plain/policy.yaml"));
        try (Recording recording = new Recording(policy, folder, Detail.WRITES)) {
            recording.capture(Captures.project("testdata/opcua/plain/capture.pcap"));
        }
        List<Asset> assets = inventory(Recording.events(folder), InventoryLimits.DEFAULT)
                .assets(NamedAssets.of(Recording.read(policy)));
        Map<String, String> server = asset(assets, "opc-3").identification().values();
        assertEquals("server", server.get("application.type"), server::toString);
        assertTrue(server.getOrDefault("application.uri", "").startsWith("urn:"), server::toString);
        assertFalse(server.getOrDefault("application.name", "").isEmpty(), server::toString);
        Map<String, String> client = asset(assets, "hmi-3").identification().values();
        assertEquals("client", client.get("application.type"), client::toString);
    }

    @Test
    void namedAssetsThatWereNeverSeenAreThereToo() {
        List<Asset> assets = inventory(List.of(), InventoryLimits.DEFAULT)
                .assets(NamedAssets.of(Recording.read(TRAFFIC.policy())));
        assertTrue(asset(assets, "plc-1").firstSeen() == null);
        assertEquals("cell", asset(assets, "plc-1").zone());
    }

    @Test
    void whatIsBeyondTheLimitIsCountedAndTheRestStays() throws Exception {
        List<Event> events = traffic();
        Inventory inventory = inventory(events, new InventoryLimits(2, 1, 2, 3, 1, 1));
        assertEquals(2, inventory.assets(NamedAssets.NONE).size());
        assertTrue(inventory.devicesLeftOut() > 0);
        inventory = inventory(events, new InventoryLimits(10, 1, 2, 3, 1, 1));
        assertEquals(1, inventory.relations(NamedAssets.NONE).size());
        assertTrue(inventory.relationsLeftOut() > 0);
        assertTrue(inventory.relations(NamedAssets.NONE).getFirst().functions().size() <= 2);
    }

    @Test
    void theSameEventsGiveTheSameInventory() throws Exception {
        List<Event> events = traffic();
        assertEquals(inventory(events, InventoryLimits.DEFAULT).assets(NamedAssets.NONE),
                inventory(events, InventoryLimits.DEFAULT).assets(NamedAssets.NONE));
    }

    @Test
    void notesAreKeptAndMakeADeviceKnown() throws Exception {
        Inventory inventory = inventory(traffic(), InventoryLimits.DEFAULT);
        assertFalse(asset(inventory.assets(NamedAssets.NONE), "10.3.1.1").known());
        inventory.annotate("10.3.1.1", new AssetNote("line 3", "behind the cabinet", true));
        Asset plc = asset(inventory.assets(NamedAssets.NONE), "10.3.1.1");
        assertTrue(plc.known());
        assertEquals("line 3", plc.group());
    }
}
