package io.sluice.manage.export;

import io.sluice.manage.event.Event;
import io.sluice.manage.event.EventParser;

/** A refused write, as the journal has it. */
final class Lines {
    static final String REFUSED = """
            {"timestamp":"2026-01-05T06:00:00.564309+0000","flow_id":3193061294164708,"in_iface":"plant",\
            "event_type":"alert","src_ip":"10.3.2.1","src_port":49191,"dest_ip":"10.3.1.1","dest_port":502,"proto":"TCP",\
            "ip_v":4,"app_proto":"modbus","direction":"to_server","alert":{"action":"blocked","gid":1,\
            "signature_id":1000002,"rev":1,"signature":"modbus: no rule allows it","category":"Refused by policy",\
            "severity":2},"verdict":{"action":"drop"},"modbus":{"request":{"transaction_id":63923,"protocol_id":0,\
            "unit_id":1,"function_raw":6,"function_code":"Write Single Register","write":{"address":158,"data":21914}}},\
            "sluice":{"verdict":"deny","reason":"default","from":"hmi-1","to":"plc-1",\
            "does":"write unit 1 holding 158 = 21914","detail":"outside the permitted values","action":"reply",\
            "enforced":true,"policy":"9f2c"}}""";
    static final String ALLOWED = REFUSED.replace("\"deny\"", "\"allow\"").replace("\"alert\",\"src",
            "\"modbus\",\"src");

    private Lines() {}

    static Event event(long id, String line) {
        return new EventParser().parse(id, line);
    }

    static Event refused(long id) {
        return event(id, REFUSED);
    }
}
