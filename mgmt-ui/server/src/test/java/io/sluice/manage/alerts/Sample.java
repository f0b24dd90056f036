package io.sluice.manage.alerts;

import io.sluice.manage.event.Event;
import io.sluice.manage.event.EventParser;

/** Records as the journal writes them, at times of choice. */
final class Sample {
    static final long T0 = 1_767_592_800_000_000L; // 2026-01-05T06:00:00Z
    static final long SECOND = 1_000_000L;
    private static final EventParser PARSER = new EventParser();
    private static long id;

    private Sample() {}

    static synchronized Event parse(long micros, String line) {
        return PARSER.parse(id++, line.replace("TIME", Event.instant(micros).toString().substring(0, 19) + "."
                + String.format("%06d", Math.floorMod(micros, SECOND)) + "+0000"));
    }

    /** A permitted write of one register. */
    static Event write(long micros, String from, String to, int address, int value) {
        return parse(micros,
                """
                        {"timestamp":"TIME","flow_id":7,"in_iface":"plant","event_type":"modbus","src_ip":"%s","src_port":40000,\
                        "dest_ip":"%s","dest_port":502,"proto":"TCP","ip_v":4,"app_proto":"modbus","direction":"to_server",\
                        "modbus":{"request":{"transaction_id":1,"protocol_id":0,"unit_id":1,"function_raw":6,\
                        "function_code":"Write Single Register","write":{"address":%d,"data":%d}}},"sluice":{"verdict":"allow",\
                        "reason":"allowed","rule":"w1","conduit":"c","from":"hmi","to":"plc",\
                        "does":"write unit 1 holding %d = %d","policy":"9f2c"}}"""
                        .formatted(from, to, address, value, address,
                                value));
    }

    /** A refused write of one register, as its value is not permitted. */
    static Event refused(long micros, String from, String to, int address, int value, String detail) {
        return parse(micros, """
                {"timestamp":"TIME","flow_id":7,"in_iface":"plant","event_type":"alert","src_ip":"%s","src_port":40000,\
                "dest_ip":"%s","dest_port":502,"proto":"TCP","ip_v":4,"app_proto":"modbus","direction":"to_server",\
                "alert":{"action":"blocked","gid":1,"signature_id":1000002,"rev":1,\
                "signature":"modbus: no rule allows it","category":"Refused by policy","severity":2},\
                "modbus":{"request":{"transaction_id":1,"protocol_id":0,"unit_id":1,"function_raw":6,\
                "function_code":"Write Single Register","write":{"address":%d,"data":%d}}},"sluice":{"verdict":"deny",\
                "reason":"default","from":"hmi","to":"plc","does":"write unit 1 holding %d = %d","detail":"%s",\
                "action":"reply","enforced":true,"policy":"9f2c"}}""".formatted(from, to, address, value, address,
                value, detail));
    }

    /** A packet to a port that is not open to its sender. */
    static Event door(long micros, String from, String to, int port) {
        return parse(micros,
                """
                        {"timestamp":"TIME","flow_id":%d,"in_iface":"plant","event_type":"alert","src_ip":"%s","src_port":50000,\
                        "dest_ip":"%s","dest_port":%d,"proto":"TCP","ip_v":4,"direction":"to_server","alert":{"action":"blocked",\
                        "gid":1,"signature_id":1000003,"rev":1,"signature":"tcp port %d: no conduit between these places",\
                        "category":"Refused by policy","severity":2},"sluice":{"verdict":"deny","reason":"no-conduit",\
                        "from":"ops","to":"cell","does":"tcp port %d","action":"drop","enforced":true,"policy":"9f2c"}}"""
                        .formatted(micros & 0xFFFF_FFFFL, from, to, port, port, port));
    }

    /** What a flow has carried so far. */
    static Event flow(long micros, long flow, String from, String to, long requests, String mac) {
        return parse(micros,
                """
                        {"timestamp":"TIME","flow_id":%d,"in_iface":"plant","event_type":"flow","src_ip":"%s","src_port":40000,\
                        "dest_ip":"%s","dest_port":502,"proto":"TCP","ip_v":4,"app_proto":"modbus",\
                        "ether":{"src_macs":["%s"],"dest_macs":["00:00:5e:00:53:02"]},"flow":{"pkts_toserver":9,\
                        "pkts_toclient":9,"bytes_toserver":900,"bytes_toclient":900,"start":"TIME",\
                        "end":"TIME","age":1,"state":"established","alerted":false},"sluice":{"from":"hmi","to":"plc",\
                        "requests":{"allowed":%d,"denied":0},"answers":0,"rules":{"r1":{"reads":%d,"writes":0}},\
                        "midstream":false,"ended_by_firewall":false,"policy":"9f2c"}}"""
                        .formatted(flow, from, to, mac, requests,
                                requests));
    }

    /** The same, of a connection that reads at so many places. */
    static Event reading(long micros, long flow, String from, String to, int places) {
        Event e = flow(micros, flow, from, to, 100, "00:00:5e:00:53:01");
        return PARSER.parse(e.id(), e.raw().replace("\"answers\":0", "\"answers\":0,\"read_places\":" + places));
    }

    /** A packet that is unfit to pass. */
    static Event drop(long micros, String cause, String from) {
        return parse(micros, """
                {"timestamp":"TIME","in_iface":"plant","event_type":"drop","src_ip":"%s","src_port":1,\
                "dest_ip":"10.3.1.1","dest_port":502,"proto":"TCP","ip_v":4,"drop":{"reason":"%s"},\
                "verdict":{"action":"drop"},"sluice":{"detail":"an address","policy":"9f2c"}}""".formatted(from,
                cause));
    }

    /** Refusals that were counted. */
    static Event repeated(long micros, String from, long count) {
        return parse(micros, """
                {"timestamp":"TIME","in_iface":"plant","event_type":"alert","src_ip":"%s","alert":{"action":"blocked",\
                "gid":1,"signature_id":1000003,"rev":1,"signature":"repeated: no conduit between these places",\
                "category":"Refused by policy","severity":2},"verdict":{"action":"drop"},"sluice":{"verdict":"deny",\
                "reason":"no-conduit","from":"ops","enforced":true,"repeated":{"count":%d,\
                "first":"TIME","last":"TIME"},"policy":"9f2c"}}""".formatted(from, count));
    }
}
