package io.sluice.manage.alerts;

import static io.sluice.manage.alerts.Sample.SECOND;
import static io.sluice.manage.alerts.Sample.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.manage.event.Event;
import io.sluice.manage.query.Filter;
import io.sluice.manage.query.FilterContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetectorsTest {
    private static final String HMI = "10.3.2.1";
    private static final String PLC = "10.3.1.1";
    private static final long HOUR = 3600 * SECOND;
    private static final long DAY = 24 * HOUR;
    private static final AlertSettings SETTINGS = AlertSettings.DEFAULT;

    private final List<Event> events = new ArrayList<>();

    private List<Alert> alerts() {
        List<Alert> alerts = AlertTable.alerts(events, SETTINGS);
        // Whatever is alerted of, its filter is understood and finds at least one of the events.
        for (Alert alert : alerts) {
            Filter filter = assertInstanceOf(Filter.Result.Parsed.class, Filter.parse(alert.filter()), alert.filter())
                    .filter();
            assertTrue(events.stream().anyMatch(filter.under(FilterContext.at(T0))),
                    () -> alert.filter() + " finds nothing");
        }
        return alerts;
    }

    private Alert only() {
        List<Alert> alerts = alerts();
        assertEquals(1, alerts.size(), alerts::toString);
        return alerts.getFirst();
    }

    @Test
    void tenDoorsInAMinuteAreAScanAndNineAreNot() {
        for (int i = 0; i < 9; i++) {
            events.add(Sample.door(T0 + i * SECOND, HMI, PLC, 1000 + i));
        }
        assertEquals(List.of(), alerts());
        events.add(Sample.door(T0 + 9 * SECOND, HMI, PLC, 1009));
        Alert scan = only();
        assertEquals(Kind.SCAN, scan.kind());
        assertEquals(Severity.HIGH, scan.severity());
        assertEquals(HMI, scan.source());
        assertTrue(scan.explanation().contains("10 ports"), scan.explanation());
    }

    // The journal tells of a flood one by one only at its beginning, then counts it without saying at whom.
    @Test
    void whatTheJournalOnlyCountedBelongsToTheScan() {
        for (int i = 0; i < 12; i++) {
            events.add(Sample.door(T0 + i * SECOND, HMI, "10.3.1." + (i + 1), 502));
        }
        events.add(Sample.repeated(T0 + 30 * SECOND, HMI, 500));
        assertEquals(3 + 500, only().count());
    }

    @Test
    void patientScansAreFoundByTheHour() {
        for (int i = 0; i < 30; i++) {
            events.add(Sample.door(T0 + i * 110L * SECOND, HMI, "10.3.1." + (i + 1), 22));
        }
        assertEquals(Kind.SCAN, only().kind());
    }

    // mDNS, SSDP, NetBIOS: whoever is switched on calls out.
    @Test
    void callsToGroupsAreNoScanAndNoRepeatedDenial() {
        for (int i = 0; i < 100; i++) {
            events.add(Sample.door(T0 + i * SECOND, HMI, i % 2 == 0 ? "224.0.0." + i : "10.3.1.255", 5353 + i));
        }
        assertEquals(List.of(), alerts());
    }

    // A master's first minute looks like this, too; after what is usual was learned it does not.
    @Test
    void whoBeginsToReadAtTenDevicesInAMinuteScans() {
        for (int i = 0; i < 20; i++) {
            events.add(Sample.flow(T0 + i * SECOND, 100 + i, HMI, "10.3.1." + (i + 1), 5, "00:00:5e:00:53:01"));
        }
        assertEquals(List.of(), alerts());
        long later = T0 + 30 * DAY;
        for (int i = 0; i < 20; i++) {
            events.add(Sample.flow(later - HOUR + i * SECOND, 200 + i, HMI, "10.3.1." + (i + 1), 5,
                    "00:00:5e:00:53:01"));
        }
        assertEquals(List.of(), alerts(), "it asks them all again");
        for (int i = 0; i < 9; i++) {
            events.add(Sample.flow(later + i * SECOND, 300 + i, HMI, "10.3.1." + (i + 101), 5, "00:00:5e:00:53:01"));
        }
        assertEquals(List.of(), alerts().stream().filter(a -> a.kind() == Kind.SCAN).toList());
        events.add(Sample.flow(later + 9 * SECOND, 309, HMI, "10.3.1.110", 5, "00:00:5e:00:53:01"));
        Alert scan = alerts().stream().filter(a -> a.kind() == Kind.SCAN).findFirst().orElseThrow();
        assertEquals(HMI, scan.source());
        assertEquals(Severity.HIGH, scan.severity());
        assertTrue(scan.explanation().contains("10 devices for the first time"), scan.explanation());
    }

    @Test
    void whoReadsAtManyMorePlacesOfADeviceThanEverScans() {
        events.add(Sample.reading(T0, 1, HMI, PLC, 12));
        events.add(Sample.reading(T0 + HOUR, 2, HMI, PLC, 64));
        events.add(Sample.reading(T0, 3, "10.3.2.2", PLC, 12));
        events.add(Sample.reading(T0 + 30 * DAY, 4, "10.3.2.2", PLC, 27));
        events.add(Sample.reading(T0 + 30 * DAY, 5, HMI, PLC, 64));
        assertEquals(List.of(), alerts(), "learned, and not twice as many");
        events.add(Sample.reading(T0 + 31 * DAY, 6, "10.3.2.2", PLC, 64));
        Alert scan = only();
        assertEquals(Kind.SCAN, scan.kind());
        assertEquals(Severity.MEDIUM, scan.severity());
        assertTrue(scan.explanation().contains("64 or more different addresses"), scan.explanation());
        assertTrue(scan.explanation().contains("27 were the most before"), scan.explanation());
    }

    @Test
    void aMachineThatInsistsIsOneAlertWithItsCount() {
        for (int i = 0; i < 60; i++) {
            events.add(Sample.door(T0 + i * SECOND, HMI, PLC, 22));
        }
        Alert alert = only();
        assertEquals(Kind.REPEATED_DENIALS, alert.kind());
        assertEquals(Severity.MEDIUM, alert.severity());
        assertEquals(60, alert.count());
        assertEquals(Event.instant(T0 + 59 * SECOND), alert.last());
        assertTrue(alert.explanation().contains("never with something that would have changed it"),
                alert.explanation());
    }

    @Test
    void fiveRefusedWritesAreEnough() {
        for (int i = 0; i < 4; i++) {
            events.add(Sample.refused(T0 + i * SECOND, HMI, PLC, 9, 1, "no rule permits this operation here"));
        }
        assertEquals(List.of(), alerts());
        events.add(Sample.refused(T0 + 5 * SECOND, HMI, PLC, 9, 1, "no rule permits this operation here"));
        assertEquals(Severity.HIGH, only().severity());
    }

    @Test
    void aValueThatWasNeverWrittenIsTold() {
        for (int i = 0; i <= 8 * 24; i++) {
            events.add(Sample.write(T0 + i * HOUR, HMI, PLC, 100, 700 + i % 50));
        }
        assertEquals(List.of(), alerts());
        events.add(Sample.write(T0 + 200 * HOUR, HMI, PLC, 100, 753)); // within a tenth of the range's width
        assertEquals(List.of(), alerts());
        events.add(Sample.write(T0 + 201 * HOUR, HMI, PLC, 100, 1400));
        Alert alert = only();
        assertEquals(Kind.VALUE_OUT_OF_RANGE, alert.kind());
        assertTrue(alert.explanation().contains("wrote 1400 to unit 1 holding 100"), alert.explanation());
        assertTrue(alert.explanation().contains("between 700 and 753"), alert.explanation());
        events.add(Sample.write(T0 + 202 * HOUR, HMI, PLC, 100, 1400)); // known from now on
        assertEquals(1, only().count());
    }

    @Test
    void aValueThatThePolicyForbidsIsTold() {
        events.add(Sample.refused(T0, HMI, PLC, 158, 21914, "outside the permitted values"));
        Alert alert = only();
        assertEquals(Kind.VALUE_OUT_OF_RANGE, alert.kind());
        assertEquals("src:10.3.2.1 dst:10.3.1.1 verdict:deny unit:1 addr:158", alert.filter());
    }

    @Test
    void duringLearningNothingIsNewAndAfterItEverythingIs() {
        events.add(Sample.write(T0, HMI, PLC, 100, 1));
        events.add(Sample.write(T0 + 6 * DAY, "10.3.2.2", PLC, 100, 1));
        assertEquals(List.of(), alerts());
        events.add(Sample.write(T0 + 8 * DAY, "10.3.2.3", PLC, 100, 1));
        Alert device = only(); // and not a second one for its relation
        assertEquals(Kind.NEW_DEVICE, device.kind());
        assertEquals("10.3.2.3", device.source());
        assertTrue(device.explanation().contains("write unit 1 holding 100 = 1"), device.explanation());
    }

    @Test
    void knownDevicesThatNeverSpokeAreANewRelation() {
        events.add(Sample.write(T0, HMI, PLC, 100, 1));
        events.add(Sample.write(T0, HMI, "10.3.1.2", 100, 1));
        events.add(Sample.write(T0 + 9 * DAY, PLC, "10.3.1.2", 100, 1));
        Alert alert = only();
        assertEquals(Kind.NEW_RELATION, alert.kind());
        assertEquals(PLC, alert.source());
        assertEquals("10.3.1.2", alert.destination());
    }

    @Test
    void aFunctionThatWasNeverUsedIsTold() {
        events.add(Sample.flow(T0 + SECOND, 5, HMI, PLC, 10, "00:00:5e:00:53:01"));
        events.add(Sample.write(T0 + 9 * DAY, HMI, PLC, 100, 1));
        Alert alert = only();
        assertEquals(Kind.NEW_FUNCTION, alert.kind());
        assertEquals(Severity.HIGH, alert.severity());
        assertTrue(alert.title().contains("Write Single Register"), alert.title());
    }

    @Test
    void manyMoreRequestsThanUsualAreTold() {
        long sum = 0;
        for (int i = 0; i < 13; i++) {
            sum += 600 + i % 3;
            events.add(Sample.flow(T0 + i * 300L * SECOND, 5, HMI, PLC, sum, "00:00:5e:00:53:01"));
        }
        assertEquals(List.of(), alerts());
        events.add(Sample.flow(T0 + 13 * 300 * SECOND, 5, HMI, PLC, sum + 1500, "00:00:5e:00:53:01"));
        assertEquals(List.of(), alerts()); // not three times
        events.add(Sample.flow(T0 + 14 * 300 * SECOND, 5, HMI, PLC, sum + 4500, "00:00:5e:00:53:01"));
        Alert alert = only();
        assertEquals(Kind.RATE_JUMP, alert.kind());
        assertTrue(alert.explanation().contains("3000 requests"), alert.explanation());
    }

    @Test
    void addressesWhereTheyCannotBeAndNewNetworkCardsAreSpoofing() {
        events.add(Sample.drop(T0, "spoofed", "10.3.1.7"));
        events.add(Sample.drop(T0 + SECOND, "spoofed", "10.3.1.7"));
        events.add(Sample.drop(T0 + SECOND, "transport-checksum", "10.3.1.7"));
        assertEquals(2, only().count());
        events.clear();
        events.add(Sample.flow(T0, 5, HMI, PLC, 10, "00:00:5e:00:53:01"));
        events.add(Sample.flow(T0 + 9 * DAY, 6, HMI, PLC, 10, "00:00:5e:00:53:99"));
        Alert alert = alerts().stream().filter(a -> a.kind() == Kind.SPOOFING).findFirst().orElseThrow();
        assertTrue(alert.explanation().contains("00:00:5e:00:53:99"), alert.explanation());
    }

    @Test
    void aGapInTheJournalIsTold() {
        events.add(Sample.parse(T0, "{\"timestamp\":\"TIME\",\"event_type\":\"management\",\"management\":"
                + "{\"type\":\"journal.lost\",\"records\":\"12\"}}"));
        assertEquals(Kind.FIREWALL, only().kind());
    }

    @Test
    void moreAlertsThanAreRememberedPushOutTheOldestAndThatIsCounted() {
        Learned learned = new Learned();
        Detectors detectors = new Detectors(SETTINGS.withBounds(10, 5, 3), learned, _ -> {
        });
        for (int i = 0; i < 30; i++) {
            detectors.accept(Sample.drop(T0 + i * SECOND, "spoofed", "10.3.1." + i));
            for (int j = 0; j < 4; j++) {
                detectors.accept(Sample.door(T0 + i * SECOND, "10.9.0." + i, PLC, j));
            }
            detectors.accept(Sample.write(T0 + i * SECOND, HMI, PLC, i, 1));
        }
        List<Alert> left = detectors.book().list(a -> a);
        assertEquals(10, left.size());
        assertEquals("10.3.1.29", left.getFirst().source());
        assertEquals(20, learned.alertsForgotten);
        assertEquals(27, learned.rangesLeftOut);
        assertTrue(learned.sourcesLeftOut >= 25);
    }

    @Test
    void anArchivedAlertOpensAgainWhenItHappensAgainLater() {
        List<Alert> told = new ArrayList<>();
        Detectors detectors = new Detectors(SETTINGS, new Learned(), told::add);
        detectors.accept(Sample.drop(T0, "spoofed", HMI));
        String id = told.getFirst().id();
        long moved = T0 + 60 * SECOND;
        assertEquals(Alert.State.ARCHIVED, detectors.book()
                .move(id, Alert.State.ARCHIVED, "cable pulled", "alice", moved).orElseThrow().state());
        detectors.accept(Sample.drop(moved + Duration.ofMinutes(59).toNanos() / 1000, "spoofed", HMI));
        Alert still = detectors.book().list(a -> a).getFirst();
        assertEquals(Alert.State.ARCHIVED, still.state());
        assertEquals("alice", still.movedBy());
        assertEquals(2, still.count());
        detectors.accept(Sample.drop(moved + 3 * HOUR, "spoofed", HMI));
        assertEquals(Alert.State.OPEN, detectors.book().list(a -> a).getFirst().state());
        assertEquals(2, told.size());
    }
}
