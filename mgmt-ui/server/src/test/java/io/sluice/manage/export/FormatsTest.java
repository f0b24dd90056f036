package io.sluice.manage.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.manage.event.Event;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FormatsTest {
    private static String syslog(Event event) {
        return new String(new SyslogFormat("gate 1").event(event), StandardCharsets.UTF_8);
    }

    // RFC 5424 §6: priority 16 * 8 + 4, version, time, host, application, process, message id.
    @Test
    void syslogSaysWhatHappenedAndWho() {
        String text = syslog(Lines.refused(7));
        assertTrue(text.startsWith("<132>1 2026-01-05T06:00:00.564309Z gate1 sluice - alert [sluice@32473 id=\"7\" "
                + "port=\"plant\" src=\"10.3.2.1\" spt=\"49191\" from=\"hmi-1\" dst=\"10.3.1.1\" "), text);
        assertTrue(text.contains("] refused: write unit 1 holding 158 = 21914"), text);
    }

    // RFC 5424 §6.3.3; a line feed would end the message where lines are messages.
    @Test
    void whatTrafficChoosesCannotBreakOutOfAValue() {
        String text = syslog(Lines.event(1, Lines.REFUSED.replace("hmi-1", "a\\\"b]c\\\\d\\ne")
                .replace("21914\",\"detail", "21914 \\n<0>1 forged\",\"detail")));
        assertTrue(text.contains("from=\"a\\\"b\\]c\\\\d e\""), text);
        assertEquals(-1, text.indexOf('\n'), text);
    }

    @Test
    void cefHasItsHeaderAndPairs() {
        String text = Cef.event(Lines.refused(7));
        assertTrue(text.startsWith("CEF:0|Sluice|Sluice|1|1000002|modbus: no rule allows it|6|rt=1767592800564 "
                + "externalId=7 deviceInboundInterface=plant src=10.3.2.1 spt=49191 shost=hmi-1 dst=10.3.1.1 dpt=502 "
                + "dhost=plc-1 proto=TCP app=modbus act=blocked outcome=failure reason=default "), text);
        assertTrue(text.contains(" msg=refused: write unit 1 holding 158 \\= 21914 (no rule allows it; "), text);
    }

    // CEF revision 25, "Character Encoding".
    @Test
    void cefIsEscapedAsItsPartsDemand() {
        assertEquals("a\\|b\\\\c d=e", Cef.header("a|b\\c\nd=e"));
        assertEquals("a|b\\\\c\\nd\\=e", Cef.extension("a|b\\c\r\nd=e"));
    }
}
