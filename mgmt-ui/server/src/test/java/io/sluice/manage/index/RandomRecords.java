package io.sluice.manage.index;

import io.sluice.manage.event.Event;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Lines in the form of the journal's, of all its types, over so few values that filters meet many. */
final class RandomRecords {
    static final long START = 1_767_592_800_000_000L;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSZ")
            .withZone(ZoneOffset.UTC);

    private final SplittableRandom random;
    private long micros = START;

    RandomRecords(long seed) {
        random = new SplittableRandom(seed);
    }

    private String one(String... of) {
        return of[random.nextInt(of.length)];
    }

    private int below(int bound) {
        return random.nextInt(bound);
    }

    String line() {
        micros += below(2_000_000) - 100_000;
        String head = "{\"timestamp\":\"" + TIME.format(Event.instant(micros)) + "\"";
        return switch (below(12)) {
            case 0 -> head + ",\"event_type\":\"management\",\"management\":{\"type\":\""
                    + one("policy.apply", "session.approved") + "\",\"person\":\"" + one("alice", "böb", "ÅSE")
                    + "\",\"grant\":\"g-" + below(3) + "\",\"because\":\"" + one("Wartung läuft", "a 'quoted' word")
                    + "\"}}";
            case 1 -> head + ",\"event_type\":\"stats\",\"stats\":{\"flows\":{\"live\":" + below(9) + "}}}";
            case 2 -> head + flow() + ",\"event_type\":\"flow\"" + ends()
                    + "\"app_proto\":\"modbus\",\"flow\":{\"state\":\""
                    + one("closed", "established") + "\"" + one("", ",\"action\":\"drop\"", "")
                    + "},\"sluice\":{" + places() + ",\"requests\":{\"allowed\":" + below(50)
                    + ",\"denied\":0},\"rules\":{\"r" + below(3) + "\":{\"conduit\":\"c" + below(2) + "\",\"reads\":"
                    + below(40) + ",\"writes\":0}}}}";
            case 3 -> head + flow() + ",\"event_type\":\"drop\"" + ends() + "\"drop\":{\"reason\":\""
                    + one("tcp-flags", "spoofed") + "\"},\"sluice\":{\"detail\":\"the 100% wrong_flags\"," + places()
                    + "}}";
            case 4 -> one("{}", "rubbish", "{\"event_type\":\"later\"}", head + ",\"event_type\":\"modbus\"}");
            case 5 -> head + ",\"in_iface\":\"cell\",\"event_type\":\"alert\",\"src_ip\":\"10.3.2." + below(4)
                    + "\",\"alert\":{\"signature_id\":1000003,\"signature\":\"repeated: no conduit between these places\","
                    + "\"severity\":2},\"sluice\":{\"verdict\":\"deny\",\"reason\":\"no-conduit\",\"from\":\"ops\",\"enforced\":"
                    + random.nextBoolean() + ",\"repeated\":{\"count\":" + (1 + below(99))
                    + ",\"first\":\"2026-01-05T06:00:02.118220+0000\",\"last\":\"2026-01-05T06:00:59.998761+0000\"}}}";
            case 6, 7 -> head + message("opcua", one("write " + node() + " = " + one("1500", "-2.5", "true", "\"a, b\"")
                    + one("", " and read " + node(), " and 3 more"), "read " + node(), "call " + node() + " on i=85",
                    "browse \"ns=2;s=Line 3\"", "CreateSession", "encrypted"));
            default -> head + message("modbus", one("write", "read") + " unit " + below(4) + " "
                    + one("holding", "coil") + " " + range() + one("", " = " + below(2000), " = " + below(2000) + ", "
                            + below(30), " and read unit 1 input " + range(), ""));
        };
    }

    private String range() {
        int low = below(130);
        return random.nextBoolean() ? Integer.toString(low) : low + ".." + (low + below(20));
    }

    private String node() {
        return one("ns=2;s=Line3.Speed", "ns=2;s=Line3.Reset", "i=85", "ns=2;s=Straße");
    }

    private String flow() {
        return ",\"flow_id\":" + below(5) + ",\"in_iface\":\"" + one("plant", "cell") + "\"";
    }

    private String places() {
        return "\"from\":\"" + one("hmi-1", "hmi-2", "ops") + "\",\"to\":\"" + one("plc-1", "plc-3a", "cell")
                + "\",\"policy\":\"" + one("9f2c77", "00c0ffee") + "\"";
    }

    private String ends() {
        return ",\"src_ip\":\"" + one("10.3.2.1", "10.3.2.2", "fe80::1") + "\",\"src_port\":" + (49_000 + below(3))
                + ",\"dest_ip\":\"10.3.1." + below(3) + "\",\"dest_port\":" + one("502", "4840") + ",\"proto\":\""
                + one("TCP", "UDP") + "\",";
    }

    private String message(String protocol, String does) {
        boolean allowed = below(3) > 0;
        boolean alert = !allowed || below(10) == 0;
        return flow() + ",\"event_type\":\"" + (alert ? "alert" : protocol) + "\"" + ends() + "\"app_proto\":\""
                + protocol
                + "\",\"direction\":\"" + one("to_server", "to_server", "to_client") + "\","
                + (alert
                        ? "\"alert\":{\"signature_id\":1000002,\"signature\":\"" + protocol
                                + ": no rule allows it\",\"severity\":2},"
                        : "")
                + (protocol.equals("modbus")
                        ? "\"modbus\":{\"request\":{\"unit_id\":1,\"function_raw\":" + below(24)
                                + ",\"function_code\":\"" + one("Write Single Register", "Read Coils") + "\"}},"
                        : "\"opcua\":{\"request\":{\"service_id\":\"673\",\"service_name\":\"WriteRequest\"}},")
                + "\"sluice\":{\"verdict\":\"" + (allowed ? "allow" : "deny") + "\",\"reason\":\""
                + (allowed ? "allowed" : one("default", "denied", "malformed"))
                + "\"" + one("", ",\"rule\":\"r" + below(3) + "\",\"conduit\":\"c" + below(2) + "\"") + "," + places()
                + ",\"does\":\"" + does.replace("\"", "\\\"") + "\"" + (allowed
                        ? ""
                        : ",\"detail\":\""
                                + one("outside the permitted values", "no rule permits this operation here")
                                + "\",\"enforced\":"
                                + random.nextBoolean())
                + one("", "", ",\"person\":\"" + one("alice", "böb") + "\",\"grant\":\"g-" + below(3) + "\"") + "}}";
    }

    /** A term of a filter, of any key. */
    private String term() {
        String negation = below(4) == 0 ? "-" : "";
        return switch (below(30)) {
            case 0 -> negation + "proto:" + one("modbus", "OPCUA", "tcp", "u*");
            case 1 -> negation + "do:" + one("write", "read,browse", "Create*", "policy.*", "call");
            case 2 -> negation + "fc:" + one("5", "3..7,16", "writerequest", "*register", "673", "..2");
            case 3 -> negation + "src:" + one("hmi-1", "10.3.2.1", "hmi-*", "10.3.*", "fe80::*", "plc-1");
            case 4 -> negation + "dst:" + one("plc-*", "10.3.1.2", "cell,ops", "*");
            case 5 -> negation + "host:" + one("plc-3a", "10.3.1.0", "*-1", "hmi-2,ops");
            case 6 -> negation + "zone:" + one("cell", "ops", "nowhere");
            case 7 -> negation + "port:" + one("502", "49001..", "4840,49000");
            case 8 -> negation + "iface:" + one("plant", "c*");
            case 9 -> negation + "conduit:" + one("c0", "c*", "\"c*\"");
            case 10, 11 -> negation + "verdict:" + one("deny", "allow", "none,deny");
            case 12 -> negation + "enforced:" + one("yes", "no");
            case 13 -> negation + "reason:" + one("default", "no-conduit", "*-*", "malformed,spoofed");
            case 14 -> negation + "rule:" + one("r0", "r1,r2", "*");
            case 15 -> negation + "user:" + one("alice", "böb", "*e", "ÅSE");
            case 16 -> negation + "session:" + one("g-1", "g*");
            case 17 -> negation + "addr:" + one("100..119", "5", "..10,120..", "0.5..1.5");
            case 18 -> negation + "unit:" + one("1", "2..3", "0");
            case 19 -> negation + "space:" + one("holding", "co*,input");
            case 20 -> negation + "node:" + one("i=85", "ns=2;s=Line3.*", "\"ns=2;s=Line 3\"", "*ß*");
            case 21 ->
                negation + "value:" + one("1500", "0..100", "-3..-2", "true", "\"a, b\"", "a*", "\"1500\"", "1..");
            case 22 -> negation + "type:" + one("alert", "modbus,opcua", "drop", "flow", "stats,management", "other");
            case 23 -> negation + "flow:" + one("0", "1..2", "4");
            case 24 -> negation + "policy:" + one("9f", "00c0ffee", "*7");
            case 25 -> one("since:2h", "since:2026-01-05T06:20:00", "until:2026-01-05T06:30", "since:30m", "until:1h");
            case 26, 27 ->
                negation + one("WRITE", "läuft", "LÄUFT", "åse", "\"no rule\"", "100%", "wrong_", "straSSe", "STRAßE");
            case 28 -> negation + one("hold*2", "\"'quoted'\"", "plc", "10.3.1.1", "\\\\", "g-1", "tcp-flags");
            default -> negation + one("c1", "repeated", "spoofed", "ns=2;s=", "CreateSession", "allowed");
        };
    }

    String filter() {
        List<String> terms = new ArrayList<>();
        for (int i = 1 + below(3); i > 0; i--) {
            terms.add(term());
        }
        return String.join(" ", terms);
    }
}
