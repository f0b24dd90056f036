package io.sluice.manage.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.manage.CapturePolicies;
import io.sluice.manage.event.Event;
import io.sluice.testdata.Captures;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** False alarms and finds on captures of others; docs/assets-and-alerts.md has the table. */
class RecordedAlertsTest {
    private static final String ALL_MODBUS = """
            - {id: a1, do: read}
            - {id: a2, do: write, unit: any, space: any, address: any}
            - {id: a3, do: function 43/14}
            """;
    private static final String ALL_OPCUA = """
            - {id: a1, do: [browse, read, subscribe]}
            - {id: a2, do: call, object: any, method: any}
            """;
    private static final String READS = "- {id: a1, do: read}";

    @TempDir
    Path folder;

    private static String kinds(List<Event> events, AlertSettings settings) {
        return AlertTable.alerts(events, settings).stream()
                .collect(Collectors.groupingBy(a -> a.kind().word(), TreeMap::new, Collectors.counting())).toString();
    }

    // Networks that run as they are set: every alert would be a false one, with the usual settings and with half a recording of learning.
    @ParameterizedTest
    @CsvSource({"modbus/apache__manual-test-capture.pcapng,modbus,192.168.23.30,0.0.0.0/0,{}",
            "modbus/iti__modbus_test_2.pcap,modbus,192.168.0.20,0.0.0.0/0,{}",
            "modbus/iti__modbustcp.pcap,modbus,141.81.0.0/16,'0.0.0.0/0, 141.81.0.10',{}",
            "modbus/mmguero-dev__advantech.pcap,modbus,10.50.1.50,0.0.0.0/0,{}",
            "opcua/icsnpp-opcua-binary__opcua_with-gap.pcap,opcua,192.168.11.34,0.0.0.0/0,{}",
            // Its first call of a method comes in the second half.
            "opcua/node-opcua__opcuaconversation1.pcapng,'{opcua: {port: 51210}}',192.168.0.48,0.0.0.0/0,{new-function=1}"})
    void whatRunsAsItIsSetRaisesNothing(String name, String protocol, String servers, String clients,
            String learningHalf)
            throws Exception {
        List<Event> events = AlertTable.events(Captures.require(name), CapturePolicies.of(protocol, servers, clients,
                protocol.equals("modbus") ? ALL_MODBUS : ALL_OPCUA), folder);
        assertEquals("{}", kinds(events, AlertSettings.DEFAULT));
        assertEquals(learningHalf, kinds(events, AlertTable.halfLearning(events)), () -> AlertTable
                .alerts(events, AlertTable.halfLearning(events)).toString());
    }

    // 10.0.0.57 tells a controller to fall silent and to restart, and looks for its identity; what it reads is let through.
    @Test
    void attemptsToSilenceAControllerAreFound() throws Exception {
        List<Event> events = AlertTable.events(Captures.require("modbus/digitalbond__modbus_test_data_part1.pcap"),
                CapturePolicies.of("modbus", "10.0.0.3, 10.0.0.8", "0.0.0.0/0", READS), folder);
        Alert alert = AlertTable.alerts(events, AlertSettings.DEFAULT).getFirst();
        assertEquals(Kind.REPEATED_DENIALS, alert.kind());
        assertEquals(Severity.HIGH, alert.severity());
        assertEquals("10.0.0.57", alert.source());
        assertEquals("10.0.0.3", alert.destination());
        assertEquals(8, alert.count());
        assertEquals("src:10.0.0.57 dst:10.0.0.3 verdict:deny", alert.filter());
    }

    // One after the other all functions that there are.
    @Test
    void aScanOfFunctionsIsOneAlert() throws Exception {
        List<Event> events = AlertTable.events(Captures.require("modbus/digitalbond__modbus_test_data_part2.pcap"),
                CapturePolicies.of("modbus", "166.161.16.230", "0.0.0.0/0", READS), folder);
        List<Alert> alerts = AlertTable.alerts(events, AlertSettings.DEFAULT);
        assertEquals(List.of(Kind.SCAN), alerts.stream().map(Alert::kind).toList());
        assertEquals("192.168.66.235", alerts.getFirst().source());
    }

    // Schneider's programming protocol, which no rule names.
    @Test
    void programmingIsFound() throws Exception {
        List<Event> events = AlertTable.events(Captures.require("modbus/digitalbond__modicon_test.pcap"),
                CapturePolicies.of("modbus", "192.168.63.253", "0.0.0.0/0", READS), folder);
        assertEquals("{repeated-denials=1, scan=1}", kinds(events, AlertSettings.DEFAULT));
    }

    // A policy that lacks the rules for a master's writes: the one false alarm that is known, and kept so that it is known.
    @Test
    void aMasterWithoutItsRulesLooksLikeAScan() throws Exception {
        List<Event> events = AlertTable.events(Captures.require("modbus/iti__modbustcp.pcap"),
                CapturePolicies.of("modbus", "141.81.0.0/16", "0.0.0.0/0, 141.81.0.10", READS), folder);
        assertEquals("{scan=1}", kinds(events, AlertSettings.DEFAULT));
    }
}
