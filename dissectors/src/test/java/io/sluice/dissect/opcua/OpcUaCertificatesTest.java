package io.sluice.dissect.opcua;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Limits;
import io.sluice.dissect.Malformed;
import io.sluice.dissect.Names;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates and chains of them, with the few fields that are read (RFC 5280 §4.1) and nothing else. */
class OpcUaCertificatesTest {
    private final OpcUaCertificates certificates = new OpcUaCertificates(Limits.DEFAULT.opcUa());

    private String read(Names names, byte[]... chain) {
        byte[] bytes = join(chain);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocate(Math.max(1, bytes.length), 1).asSlice(0, bytes.length);
            MemorySegment.copy(bytes, 0, segment, JAVA_BYTE, 0, bytes.length);
            int problem = certificates.read(segment, 0, bytes.length, names);
            return problem == 0 ? "ok" : Malformed.of(problem).word();
        }
    }

    private String read(byte[]... chain) {
        return read(Names.NONE, chain);
    }

    private static byte[] certificate(String subject, String issuer) {
        return certificate(subject, issuer, utc("250101000000Z"), utc("350101000000Z"));
    }

    private static byte[] certificate(String subject, String issuer, byte[] notBefore, byte[] notAfter) {
        byte[] content = element(0x30, element(0xA0, element(2, new byte[]{2})), element(2, new byte[]{1}),
                element(0x30), element(0x30, issuer.getBytes(US_ASCII)), element(0x30, notBefore, notAfter),
                element(0x30, subject.getBytes(US_ASCII)), element(0x30));
        return element(0x30, content, element(0x30), element(3, new byte[300]));
    }

    private static byte[] utc(String time) {
        return element(0x17, time.getBytes(US_ASCII));
    }

    private static byte[] generalized(String time) {
        return element(0x18, time.getBytes(US_ASCII));
    }

    private static byte[] element(int tag, byte[]... parts) {
        byte[] content = join(parts);
        byte[] length = content.length < 128
                ? new byte[]{(byte) content.length}
                : new byte[]{(byte) 0x82, (byte) (content.length >> 8), (byte) content.length};
        return join(new byte[]{(byte) tag}, length, content);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    @Test
    void aLeafWithItsIssuersIsAChain() {
        assertEquals("ok", read(certificate("a", "a")));
        assertEquals("ok", read(certificate("a", "b")));
        assertEquals("ok", read(certificate("a", "b"), certificate("b", "c"), certificate("c", "c")));
    }

    @Test
    void whoDidNotIssueTheOneBeforeDoesNotBelongToAChain() {
        assertEquals("certificate", read(certificate("a", "b"), certificate("c", "b")));
    }

    @Test
    void aChainThatGoesRoundIsRefused() {
        assertEquals("certificate", read(certificate("a", "b"), certificate("b", "a")));
        assertEquals("certificate", read(certificate("a", "a"), certificate("a", "a")));
        assertEquals("certificate", read(certificate("a", "b"), certificate("b", "c"), certificate("c", "b")));
    }

    @Test
    void aChainOfMoreThanFiveOrOfTooManyBytesIsRefused() {
        byte[][] chain = new byte[6][];
        for (int i = 0; i < 6; i++) {
            chain[i] = certificate("" + (char) ('a' + i), "" + (char) ('b' + i));
        }
        assertEquals("ok", read(Arrays.copyOf(chain, 5)));
        assertEquals("certificate", read(chain));
        assertEquals("certificate", read(new byte[16_385]));
    }

    @Test
    void cutAnywhereACertificateIsRefused() {
        byte[] whole = certificate("a", "b");
        for (int cut = 1; cut < whole.length; cut++) {
            assertEquals("certificate", read(Arrays.copyOf(whole, cut)), "cut at " + cut);
        }
        assertEquals("certificate", read(whole, new byte[]{0x30}));
    }

    @Test
    void noCertificateIsNoTrait() {
        assertEquals("ok", read());
        assertEquals(Facts.NO_TRAIT, certificates.name);
        read(certificate("a", "a"));
        assertEquals(OpcUaMeaning.UNNAMED, certificates.name);
    }

    @Test
    void theLeafIsKnownByItsFingerprint() throws Exception {
        byte[] leaf = certificate("a", "b");
        String digest = new String(MessageDigest.getInstance("SHA-256").digest(leaf), StandardCharsets.ISO_8859_1);
        Names names = new Names(List.of(new Names.Key(OpcUaMeaning.head(OpcUaMeaning.CERTIFICATE, 0, 0), "other"),
                new Names.Key(OpcUaMeaning.head(OpcUaMeaning.CERTIFICATE, 0, 0), digest)));
        assertEquals("ok", read(names, leaf, certificate("b", "b")));
        assertEquals(1, certificates.name);
        assertEquals("ok", read(names, certificate("b", "b")));
        assertEquals(OpcUaMeaning.UNNAMED, certificates.name);
    }

    @ParameterizedTest
    @CsvSource({"500101000000Z, 1950-01-01T00:00:00Z", "491231235959Z, 2049-12-31T23:59:59Z",
            "240229120000Z, 2024-02-29T12:00:00Z", "700101000000Z, 1970-01-01T00:00:00Z"})
    void theFirstDayIsRead(String utc, String expected) {
        assertEquals("ok", read(certificate("a", "a", utc(utc), generalized("20991231235959Z"))));
        assertEquals(Instant.parse(expected).getEpochSecond(), certificates.notBefore);
        assertEquals(Instant.parse("2099-12-31T23:59:59Z").getEpochSecond(), certificates.notAfter);
    }

    @ParameterizedTest
    @CsvSource({"2501010000Z", "250101000000+0100", "25010100000xZ", "250101000000"})
    void aTimeInAnotherFormIsRefused(String time) {
        assertEquals("certificate", read(certificate("a", "a", utc(time), utc("350101000000Z"))));
    }
}
