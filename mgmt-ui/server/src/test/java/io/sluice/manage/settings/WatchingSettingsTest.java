package io.sluice.manage.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.manage.alerts.AlertSettings;
import io.sluice.manage.export.ExportSettings;
import io.sluice.manage.settings.ManageSettings.Watching;
import io.sluice.manage.settings.ManageSettingsReader.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchingSettingsTest {
    private static Result read(String yaml) {
        return ManageSettingsReader.read(Path.of("/etc/sluice/manage.yaml"), "listen: \"127.0.0.1:8443\"\n" + yaml);
    }

    @Test
    void exportsAreReadByName() {
        Watching watching = assertInstanceOf(Result.Read.class, read("""
                alerts: {learning: 14d}
                active_identification: allowed
                assets: {vendors: oui.csv}
                exports:
                  soc: {kind: syslog, target: "syslog-tls://c.example:6514", filter: "verdict:deny", trust: ca.pem}
                  file: {kind: eve-file, target: eve.json, queue: 5}
                """)).settings().watching();
        assertEquals(Duration.ofDays(14), watching.alerts().learning());
        assertEquals(AlertSettings.DEFAULT.withLearning(Duration.ofDays(14), AlertSettings.DEFAULT.settling()),
                watching.alerts());
        assertTrue(watching.activeIdentification());
        assertEquals(Optional.of(Path.of("/etc/sluice/oui.csv")), watching.vendors());
        ExportSettings soc = watching.exports().getFirst();
        assertEquals("soc", soc.name());
        assertEquals(Optional.of(Path.of("/etc/sluice/ca.pem")), soc.trust());
        assertEquals("verdict:deny", soc.filter());
        ExportSettings file = watching.exports().get(1);
        assertEquals("/etc/sluice/eve.json", file.target());
        assertEquals(5, file.queue());
    }

    @Test
    void eachThresholdOfAlertsCanBeSaid() {
        AlertSettings alerts = assertInstanceOf(Result.Read.class, read("""
                alerts:
                  learning: 1d
                  settling: 2h
                  scan_window: 30s
                  scan_targets: 11
                  slow_scan_window: 3h
                  slow_scan_targets: 31
                  denial_window: 4min
                  denials: 21
                  denied_changes: 6
                  writes_to_learn: 22
                  range_margin: 0
                  rate_bucket: 5s
                  rate_buckets: 13
                  rate_factor: 4
                  rate_least: 101
                  quiet: 6h
                """)).settings().watching().alerts();
        assertEquals(new AlertSettings(Duration.ofDays(1), Duration.ofHours(2), Duration.ofSeconds(30), 11,
                Duration.ofHours(3), 31, Duration.ofMinutes(4), 21, 6, 22, 0, Duration.ofSeconds(5), 13, 4, 101,
                Duration.ofHours(6), AlertSettings.DEFAULT.alerts(), AlertSettings.DEFAULT.sources(),
                AlertSettings.DEFAULT.ranges()), alerts);
    }

    @Test
    void thresholdsThatMakeNoSenseAreFoundWithTheirPlaces() {
        List<String> problems = assertInstanceOf(Result.Refused.class, read("""
                alerts:
                  scan_targets: 1
                  rate_factor: three
                  slow_scan_window: 30s
                  scanTargets: 5
                """)).problems().stream().map(Object::toString).toList();
        assertTrue(problems.stream().anyMatch(p -> p.contains(":3:") && p.contains("from 2 to")), problems::toString);
        assertTrue(problems.stream().anyMatch(p -> p.contains(":4:") && p.contains("`three`")), problems::toString);
        assertTrue(problems.stream().anyMatch(p -> p.contains(":5:") && p.contains("shorter than `scan_window`")),
                problems::toString);
        assertTrue(problems.stream().anyMatch(p -> p.contains(":6:") && p.contains("scanTargets")), problems::toString);
    }

    @Test
    void withoutThemNothingLeavesAndNobodyIsAsked() {
        Watching watching = assertInstanceOf(Result.Read.class, read("")).settings().watching();
        assertEquals(Watching.DEFAULT, watching);
        assertEquals(List.of(), watching.exports());
    }

    @Test
    void mistakesAreFoundWithTheirPlaces() {
        List<String> problems = assertInstanceOf(Result.Refused.class, read("""
                exports:
                  soc: {kind: telegram, target: x}
                  lake: {kind: kafka, filter: "verdikt:deny"}
                """)).problems().stream().map(Object::toString).toList();
        assertTrue(problems.stream().anyMatch(p -> p.contains(":3:") && p.contains("telegram")), problems::toString);
        assertTrue(problems.stream().anyMatch(p -> p.contains(":4:") && p.contains("target")), problems::toString);
        assertTrue(problems.stream().anyMatch(p -> p.contains(":4:") && p.contains("verdict:")), problems::toString);
    }
}
