package io.sluice.manage.assets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.manage.assets.Identification.How;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InventoryExportTest {
    private static final Instant SEEN = Instant.parse("2026-01-05T06:00:00Z");

    private static Asset asset(String name, String note) {
        return new Asset("10.3.1.1", name, "cell", List.of("10.3.1.1", "10.3.1.2"), List.of("00:80:f4:01:02:03"),
                List.of("modbus"), List.of(Asset.Role.SERVER),
                List.of(new Asset.Used("modbus", "Write Single Register", Asset.Role.SERVER, 3, 1, SEEN)),
                new Identification(How.PASSIVE, SEEN, Map.of("vendor_name", "=cmd|' /C calc'!A0")), SEEN, SEEN, false,
                "", note);
    }

    // Who names a device chooses what a spreadsheet would run.
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {"=1+1,'=1+1", "+1,'+1", "-1,'-1", "@SUM(A1),'@SUM(A1)", "plc-1,plc-1",
            "10.3.1.1,10.3.1.1"})
    void cellsAreNoFormulas(String text, String cell) {
        assertEquals(cell, InventoryExport.cell(text));
    }

    @Test
    void tabsAndReturnsInFrontOfAFormulaDoNotHelp() {
        assertEquals("'\t=1", InventoryExport.cell("\t=1"));
        assertEquals("\"'\r=1\"", InventoryExport.cell("\r=1"));
    }

    // RFC 4180 §2.
    @Test
    void quotesAndCommasAreQuoted() {
        String csv = InventoryExport.csv(List.of(asset("a,b", "say \"hi\"\nthere")));
        String[] lines = csv.split("\r\n", 3);
        assertEquals(3, lines.length);
        assertEquals("", lines[2]);
        assertTrue(lines[0].startsWith("id,name,zone,"));
        assertTrue(lines[1].startsWith("10.3.1.1,\"a,b\",cell,,10.3.1.1 10.3.1.2,"), lines[1]);
        assertTrue(lines[1].endsWith("\"say \"\"hi\"\"\nthere\""), lines[1]);
        assertTrue(lines[1].contains(",vendor_name==cmd|' /C calc'!A0,"), lines[1]); // does not begin its cell
    }

    @Test
    void jsonIsReadByAnyReader() throws Exception {
        Relation relation = new Relation("10.3.2.1", "10.3.1.1", "modbus", "c", List.of("Write Single Register"), 4, 1,
                SEEN, SEEN);
        JsonNode json = new ObjectMapper()
                .readTree(InventoryExport.json(List.of(asset("\u0000\"", "ü")), List.of(relation)));
        assertEquals("\u0000\"", json.at("/assets/0/name").asText());
        assertEquals("=cmd|' /C calc'!A0", json.at("/assets/0/identification/vendor_name").asText());
        assertEquals(4, json.at("/relations/0/messages").asLong());
    }
}
