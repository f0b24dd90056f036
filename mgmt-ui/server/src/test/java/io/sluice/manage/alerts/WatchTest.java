package io.sluice.manage.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.journal.JournalSettings.Detail;
import io.sluice.manage.Recording;
import io.sluice.manage.assets.AssetNote;
import io.sluice.manage.assets.InventoryLimits;
import io.sluice.manage.assets.NamedAssets;
import io.sluice.testdata.ModbusTraffic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
    private static final ModbusTraffic TRAFFIC = new ModbusTraffic(4_000, 10, 3);
    private static final AlertSettings SETTINGS = AlertSettings.DEFAULT.withLearning(Duration.ZERO, Duration.ZERO);

    @TempDir
    Path folder;

    private Path journal() throws Exception {
        Path journal = folder.resolve("journal");
        try (Recording recording = new Recording(TRAFFIC.policy(), journal, Detail.WRITES)) {
            recording.traffic(TRAFFIC);
        }
        return journal;
    }

    private Watch watch(Path journal, String file) {
        return Watch.open(journal, folder.resolve(file), InventoryLimits.DEFAULT, SETTINGS, _ -> {
        });
    }

    private static String state(Watch watch) {
        return watch.inventory().assets(NamedAssets.NONE) + "\n" + watch.inventory().relations(NamedAssets.NONE) + "\n"
                + watch.alerts().list(a -> a);
    }

    private static void readAll(Watch watch) throws Exception {
        while (watch.poll(100) > 0) {
        }
    }

    @Test
    void stoppedAnywhereItComesToTheSameAsWithoutAStop() throws Exception {
        Path journal = journal();
        String whole;
        try (Watch watch = watch(journal, "whole.json")) {
            readAll(watch);
            whole = state(watch);
        }
        assertTrue(whole.contains("NEW_DEVICE"), whole);
        boolean more = true;
        while (more) {
            try (Watch watch = watch(journal, "parts.json")) {
                more = watch.poll(37) > 0;
                if (!more) {
                    assertEquals(whole, state(watch));
                }
            }
        }
    }

    @Test
    void withoutItsFileItReadsTheJournalAnewAndTellsNobodyOfThePast() throws Exception {
        Path journal = journal();
        List<Alert> told = new ArrayList<>();
        List<Long> others = new ArrayList<>();
        try (Watch watch = Watch.open(journal, folder.resolve("none.json"), InventoryLimits.DEFAULT, SETTINGS,
                told::add)) {
            watch.also(e -> others.add(e.id()));
            readAll(watch);
            assertFalse(watch.catchingUp());
            assertFalse(watch.alerts().list(a -> a).isEmpty());
        }
        assertEquals(List.of(), told);
        assertEquals(List.of(), others);
    }

    @Test
    void whatPeopleDecideSurvivesAKill() throws Exception {
        Path journal = journal();
        Watch watch = watch(journal, "kept.json");
        readAll(watch);
        String id = watch.alerts().list(a -> a).getFirst().id();
        watch.move(id, Alert.State.ESCALATED, "called the vendor", "alice", 1_767_592_800_000_000L);
        watch.change(i -> i.annotate("10.3.1.1", new AssetNote("line 3", "", true)));
        // Not closed: as after a kill.
        try (Watch again = watch(journal, "kept.json")) {
            Alert alert = again.alerts().list(a -> a).stream().filter(a -> a.id().equals(id)).findFirst().orElseThrow();
            assertEquals(Alert.State.ESCALATED, alert.state());
            assertEquals("alice", alert.movedBy());
            assertTrue(again.inventory().assets(NamedAssets.NONE).stream()
                    .anyMatch(a -> a.id().equals("10.3.1.1") && a.group().equals("line 3")));
        }
        watch.close();
    }

    @Test
    void aDamagedFileOrAnotherJournalIsNoReasonToFail() throws Exception {
        Path journal = journal();
        Files.writeString(folder.resolve("bad.json"), "{\"version\":1,\"next\":");
        try (Watch watch = watch(journal, "bad.json")) {
            readAll(watch);
            assertFalse(watch.inventory().assets(NamedAssets.NONE).isEmpty());
        }
        Path other = folder.resolve("other");
        try (Recording recording = new Recording(TRAFFIC.policy(), other, Detail.WRITES)) {
            recording.traffic(new ModbusTraffic(400, 1, 9));
        }
        try (Watch watch = watch(other, "bad.json")) {
            readAll(watch);
            long devices = watch.inventory().assets(NamedAssets.NONE).size();
            try (Watch fresh = watch(other, "fresh.json")) {
                readAll(fresh);
                assertEquals(fresh.inventory().assets(NamedAssets.NONE).size(), devices);
            }
        }
    }

    @Test
    void onItsOwnThreadItFollowsAJournalThatComesLater() throws Exception {
        Path journal = folder.resolve("journal");
        try (Watch watch = watch(journal, "late.json")) {
            watch.start();
            Thread.sleep(300);
            journal();
            for (int i = 0; i < 100 && watch.inventory().assets(NamedAssets.NONE).size() < 3; i++) {
                Thread.sleep(100);
            }
            assertEquals("", watch.trouble());
            assertEquals(3, watch.inventory().assets(NamedAssets.NONE).size());
        }
    }
}
