package io.sluice.dissect.opcua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.dissect.Names;
import io.sluice.dissect.Vocabulary.Understood;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpcUaNodeIdTest {
    static OpcUaNodeId id(String text) {
        return switch (OpcUaNodeId.parse(text)) {
            case Understood.Yes<OpcUaNodeId> yes -> yes.meaning();
            case Understood.No<OpcUaNodeId> no -> throw new AssertionError(no.sentence());
        };
    }

    private static String refused(String text) {
        return switch (OpcUaNodeId.parse(text)) {
            case Understood.Yes<OpcUaNodeId> yes -> throw new AssertionError(yes.meaning().toString());
            case Understood.No<OpcUaNodeId> no -> no.sentence();
        };
    }

    static MemorySegment bytes(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        MemorySegment segment = Arena.ofAuto().allocate(Math.max(1, bytes.length));
        MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return segment;
    }

    // One id has several texts; the one that rules and reports print is the shortest.
    @ParameterizedTest
    @CsvSource({"i=2258, i=2258", "ns=0;i=2258, i=2258", "ns=2;i=4294967295, ns=2;i=4294967295",
            "ns=02;i=007, ns=2;i=7", "ns=2;s=Line3.Speed, ns=2;s=Line3.Speed", "ns=0;s=a;b=c, s=a;b=c",
            "ns=2;g=09087E75-8E5E-499B-954F-F2A9603DB28A, ns=2;g=09087e75-8e5e-499b-954f-f2a9603db28a",
            "ns=65535;b=M/RbKBsRVkePCePcx24oRA, ns=65535;b=M/RbKBsRVkePCePcx24oRA==", "ns=2;s=Öl, ns=2;s=Öl"})
    void aTextHasOneNormalForm(String text, String normal) {
        assertEquals(normal, id(text).text());
        assertEquals(id(text), id(normal));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2258", "ns=2", "ns=2;i=", "ns=2;i=-1", "i=4294967296", "i=0x10", "ns=65536;i=1",
            "ns=-1;i=1", "ns=2;s=", "g=09087e75", "b=%%", "x=1", "NS=2;i=1", "ns=2; i=1"})
    void whatIsNoNodeIdSaysHowOneLooks(String text) {
        String sentence = refused(text);
        assertTrue(sentence.startsWith("`" + text + "` ") && sentence.contains("="), sentence);
    }

    // OPC 10000-6 §5.1.12 allows it in texts, but no message tells which number it is.
    @Test
    void aNamespaceUriIsRefusedWithTheReason() {
        assertTrue(refused("nsu=http://acme/;s=Speed").contains("which each server numbers as it likes"));
    }

    // Part 6 §5.2.2.9 prints the examples of the first, second and fourth line.
    @ParameterizedTest
    @CsvSource({"00 72, i=114", "01 05 01 04, ns=5;i=1025", "02 0200 67120000, ns=2;i=4711",
            "03 0100 06000000 486f74e6b0b4, ns=1;s=Hot水", "03 0100 ffffffff, ns=1;s=",
            "04 0200 91 2b 96 72 75 fa e6 4a 8d 28 b4 04 dc 7d af 63, ns=2;g=72962b91-fa75-4ae6-8d28-b404dc7daf63",
            "05 0200 03000000 010203, ns=2;b=AQID", "80 72, i=114", "42 0200 67120000 05000000, ns=2;i=4711"})
    void everyEncodingIsRead(String hex, String text) {
        assertEquals(Optional.of(text), OpcUaNodeId.read(bytes(hex), 0).map(OpcUaNodeId::text));
    }

    @Test
    void whatIsWrittenIsReadAgainAndFoundAmongNames() {
        List<String> texts = List.of("i=85", "ns=2;i=4711", "ns=2;s=Line3.Speed", "ns=3;s=Line3.Speed",
                "ns=2;g=09087e75-8e5e-499b-954f-f2a9603db28a", "ns=2;b=M/RbKBsRVkePCePcx24oRA==");
        Names names = new Names(texts.stream().map(t -> id(t).key()).toList());
        for (int n = 0; n < texts.size(); n++) {
            OpcUaNodeId id = id(texts.get(n));
            MemorySegment bytes = Arena.ofAuto().allocate(id.size() + 3L);
            id.write(bytes, 3);
            assertEquals(Optional.of(id), OpcUaNodeId.read(bytes, 3));
            assertEquals(n, id.find(names, bytes, 3), texts.get(n));
        }
    }

    // However broken: nothing beside the segment is read, which would throw.
    @Test
    void nothingOutsideTheBytesIsRead() {
        Random random = new Random(20_261_127);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            MemorySegment bytes = Arena.ofAuto().allocate(random.nextInt(30) + 1L);
            for (int b = 0; b < bytes.byteSize(); b++) {
                bytes.set(ValueLayout.JAVA_BYTE, b, (byte) (random.nextInt(3) == 0 ? 0 : random.nextInt(256)));
            }
            bytes.set(ValueLayout.JAVA_BYTE, 0, (byte) random.nextInt(7));
            for (long at = -1; at <= bytes.byteSize(); at++) {
                read += OpcUaNodeId.read(bytes, at).map(id -> OpcUaText.shown(id.text())).isPresent() ? 1 : 0;
            }
        }
        assertTrue(read > 20_000, "read " + read);
        assertEquals(Optional.empty(), OpcUaNodeId.read(MemorySegment.NULL, 0));
    }
}
