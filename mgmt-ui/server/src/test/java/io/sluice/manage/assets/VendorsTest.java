package io.sluice.manage.assets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VendorsTest {
    @TempDir
    Path folder;

    private Vendors read(String text) throws IOException {
        return Vendors.read(Files.writeString(folder.resolve("oui.csv"), text));
    }

    private static Asset asset(Map<String, String> says, String... macs) {
        return new Asset("dev", "dev", "cell", List.of("10.3.1.10"), List.of(macs), List.of(), List.of(), List.of(),
                new Identification(Identification.How.PASSIVE, null, says), null, null, true, "", "");
    }

    @Test
    void theListOfTheRegistryIsReadAsItIs() throws Exception {
        Vendors vendors = read("""
                Registry,Assignment,Organization Name,Organization Address
                MA-L,0080F4,"Works, Inc. ""Pumps\""","33 street, town"
                MA-L,001B1B,Mixers AG,Town  DE 12345\r
                MA-M,70B3D51,Small Block Ltd,Somewhere
                MA-S,70B3D5123,Smallest Block Ltd,Somewhere
                """);
        assertEquals(Optional.empty(), vendors.complaint());
        assertEquals(Optional.of("Works, Inc. \"Pumps\""), vendors.of("00:80:f4:01:02:03"));
        assertEquals(Optional.of("Mixers AG"), vendors.of("00:1B:1B:00:00:01"));
        assertEquals(Optional.of("Small Block Ltd"), vendors.of("70:b3:d5:1f:00:00"));
        assertEquals(Optional.of("Smallest Block Ltd"), vendors.of("70:b3:d5:12:3f:00"), "the longest prefix");
        assertEquals(Optional.empty(), vendors.of("70:b3:d5:2f:00:00"));
        assertEquals(Optional.empty(), vendors.of("?"));
    }

    @Test
    void aListOfOnesOwnMayBeShort() throws Exception {
        Vendors vendors = read("# ours\n\n00:80:f4,Pumps\n02-00-00,Nobody\nnonsense\n00:80,too short\n");
        assertEquals(Optional.of("Pumps"), vendors.of("00:80:f4:01:02:03"));
        assertEquals(Optional.empty(), vendors.of("02:00:00:01:02:03"), "set by hand: IEEE 802 §8.2.2");
        assertTrue(vendors.complaint().orElseThrow().startsWith("2 lines name no vendor, the first is line 5"),
                vendors.complaint()::toString);
    }

    @Test
    void whatADeviceSaysOfItselfComesFirst() throws Exception {
        Vendors vendors = read("00:80:f4,Pumps\n00:1b:1b,Mixers\n");
        assertEquals("Pumps, Mixers", vendors.of(asset(Map.of(), "00:80:f4:01:02:03", "00:1b:1b:00:00:01",
                "00:80:f4:01:02:04", "00:00:5e:00:53:01")));
        assertEquals("Pump Works", vendors.of(asset(Map.of("vendor_name", "Pump Works"), "00:80:f4:01:02:03")));
        assertEquals("", Vendors.NONE.of(asset(Map.of(), "00:80:f4:01:02:03")));
    }

    @Test
    void aFileThatIsNoListIsRefusedWithASentence() throws Exception {
        assertTrue(String.valueOf(assertThrows(IOException.class, () -> Vendors.read(folder.resolve("none.csv")))
                .getMessage()).contains("is missing"));
        Path binary = Files.write(folder.resolve("binary"), new byte[]{(byte) 0xff, (byte) 0xfe, 0, 1});
        assertTrue(String.valueOf(assertThrows(IOException.class, () -> Vendors.read(binary)).getMessage())
                .contains("UTF-8"));
    }
}
