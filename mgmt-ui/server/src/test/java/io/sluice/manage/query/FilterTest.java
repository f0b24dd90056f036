package io.sluice.manage.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.manage.event.Event;
import io.sluice.manage.event.EventParser;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FilterTest {
    private static final Event WRITE = new EventParser().parse(1, """
            {"timestamp":"2026-01-05T06:00:00.564309+0000","flow_id":4711,"in_iface":"plant","event_type":"alert",\
            "src_ip":"10.3.2.1","src_port":49191,"dest_ip":"10.3.1.1","dest_port":502,"proto":"TCP",\
            "app_proto":"modbus","direction":"to_server",\
            "modbus":{"request":{"unit_id":1,"function_raw":16,"function_code":"Write Multiple Registers"}},\
            "sluice":{"verdict":"deny","reason":"default","conduit":"ops-writes","from":"hmi-1","to":"plc-3a",\
            "does":"write unit 1 holding 110..111 = 20, 1500","detail":"outside the permitted values","enforced":true,\
            "policy":"9f2c77","person":"alice"}}""");

    private static Filter parsed(String text) {
        return assertInstanceOf(Filter.Result.Parsed.class, Filter.parse(text), text).filter();
    }

    private static List<FilterProblem> problems(String text) {
        return assertInstanceOf(Filter.Result.Refused.class, Filter.parse(text), text).problems();
    }

    private static boolean finds(String text) {
        FilterContext context = new FilterContext(WRITE.micros() + 60_000_000L,
                zone -> zone.equals("cell") ? Set.of("cell", "plc-3a", "plc-3b") : Set.of(zone));
        return parsed(text).under(context).test(WRITE);
    }

    @Test
    void theExampleOfTheManualFindsTheWrite() {
        assertTrue(finds("proto:modbus do:write dst:plc-3a verdict:deny -user:bob addr:100..119"));
        assertFalse(finds("proto:modbus do:write dst:plc-3a verdict:deny -user:alice addr:100..119"));
    }

    @Test
    void everyKeyFindsAndMisses() {
        for (String found : List.of("", "proto:tcp", "do:read,write", "fc:16", "function:\"write multiple registers\"",
                "fc:*registers", "src:10.3.2.1", "src:hmi-*", "to:plc-3a", "host:plc-3a", "asset:10.3.*", "zone:cell",
                "port:502", "iface:plant", "conduit:ops-writes", "verdict:allow,deny", "enforced:yes", "reason:DEFAULT",
                "-rule:*-1", "addr:0x6e", "addr:..110", "unit:1..5", "space:holding", "value:1500", "value:..20",
                "type:alert", "flow:4711", "policy:9f2c", "since:2m", "until:2026-01-06", "since:2026-01-05T06:00",
                "PERMITTED", "\"the permitted\"", "write*1500", "-nothing")) {
            assertTrue(finds(found), found);
        }
        for (String missed : List.of("proto:opcua", "do:call", "fc:6", "src:plc-3a", "host:plc-3", "zone:ops",
                "port:503",
                "verdict:allow", "enforced:no", "addr:112..", "unit:0", "value:21..1499", "flow:4712", "policy:f2c",
                "since:30s", "until:2026-01-05", "-PERMITTED", "session:*4", "node:*", "-verdict:deny")) {
            assertFalse(finds(missed), missed);
        }
    }

    @Test
    void itIsWrittenInOneWay() {
        assertEquals("proto:modbus function:3,5..7 -user:alice \"a b\" host:plc-*",
                parsed("  PROTO:Modbus   fc:3,5..7 -person:alice \"a b\" asset:plc-*").toString());
        assertEquals("value:\"1500\" value:1500 \"-x\" \"src:y\" node:ns=2;s=Line3.* node:\"a,\\\"\\\\b*\"",
                parsed("value:\"1500\" value:1500.0 \"-x\" \"src:y\" node:ns=2;s=Line3.* node:\"a,\\\"\\\\b*\"")
                        .toString());
        assertEquals("port:502.. addr:..119 value:-0.5..1.25 flow:9007199254740991",
                parsed("port:502.. addr:..119 value:-0.5..1.25 flow:9007199254740991").toString());
    }

    @Test
    void whatIsWrongIsSaidWhereItIs() {
        assertEquals(List.of(new FilterProblem(4, 10, "there is no key `verdit`; do you mean `verdict:`?")),
                problems("abc verdit:deny"));
        assertEquals(List.of(new FilterProblem(8, 14, "`verdict` is `allow`, `deny`, `none`, not `denied`")),
                problems("verdict:denied"));
        assertEquals(
                List.of(new FilterProblem(5, 13, "`119..100` ends before it begins; put the smaller number first")),
                problems("addr:119..100"));
        assertEquals(List.of(new FilterProblem(7, 10,
                "`abc` is not a number or a range; write `unit:100` or `unit:100..119`")), problems("unit:1,abc,3"));
        assertEquals(4, problems("src:").getFirst().from());
        assertTrue(problems("src:\"plc").getFirst().sentence().contains("never closed"));
        assertTrue(problems("-since:5m").getFirst().sentence().contains("`since` takes one time"));
        assertTrue(problems("since:yesterday").getFirst().sentence().contains("`since:15m`"));
        assertTrue(problems("http://plc").getFirst().sentence().contains("put it in quotes"));
        assertEquals(2, problems("verdict:maybe type:x").size());
        assertTrue(problems("x".repeat(5000)).getFirst().sentence().contains("longer than 4096"));
    }

    @Test
    void valuesNeverBecomeTextOfTheQuestion() {
        Sql sql = new Sql();
        parsed("src:\"x' OR 1=1 --\" \"'; DROP TABLE event; --\" node:%_\\* rule:a'b*").under(FilterContext.at(0))
                .sql(sql);
        assertFalse(sql.text().contains("DROP"));
        assertFalse(sql.text().contains("1=1"));
        assertTrue(sql.parameters().contains("x' OR 1=1 --"));
        assertTrue(sql.parameters().contains("\\%\\_\\\\%"));
        assertEquals(sql.text().chars().filter(c -> c == '?').count(), sql.parameters().size());
    }

    @Test
    void whereRefusalsCannotBeTheyAreNotLookedFor() {
        assertTrue(Condition.ALL.mayBeRefused() && Condition.ALL.mayBeOther());
        Condition denied = parsed("verdict:deny").under(FilterContext.at(0));
        assertTrue(denied.mayBeRefused() && !denied.mayBeOther());
        Condition others = parsed("-verdict:deny").under(FilterContext.at(0));
        assertTrue(!others.mayBeRefused() && others.mayBeOther());
        assertFalse(parsed("type:modbus,stats").under(FilterContext.at(0)).mayBeRefused());
        assertTrue(parsed("-type:alert").under(FilterContext.at(0)).mayBeRefused());
    }
}
