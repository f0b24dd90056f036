package io.sluice.testdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The OPC UA recordings hold what their README says; a new recording must bring a new README. */
class OpcRecordingsTest {
    /** The numbers of requests' encodings in namespace 0: OPC 10000-6 §A.3. */
    private static final int GET_ENDPOINTS = 428, ADD_NODES = 488, BROWSE = 527, BROWSE_NEXT = 533, REGISTER = 560;
    private static final int UNREGISTER = 566, READ = 631, HISTORY_READ = 664, WRITE = 673, HISTORY_UPDATE = 700;
    private static final int CALL = 712, CREATE_ITEMS = 751, PUBLISH = 826, TRANSFER = 841;

    private static final Pattern SIZE = Pattern.compile("\\| size \\| (\\d+) frames, ([\\d ]+) bytes");
    private static final Pattern PIN = Pattern.compile("sha256:[0-9a-f]{64}");

    @ParameterizedTest
    @ValueSource(strings = {"plain", "chunks", "sign-basic256sha256", "sign-aes128", "encrypt-basic256sha256",
            "encrypt-aes128"})
    void recordingsAreWholeAndAsLargeAsTheirReadmeSays(String recording) throws Exception {
        Path capture = capture(recording);
        assertEquals(List.of(), Tshark.fields(capture,
                "ip.checksum.status == 0 || tcp.checksum.status == 0 || tcp.analysis.lost_segment || ipv6",
                "frame.number"));
        MatchResult size = SIZE.matcher(readme(recording)).results().findFirst().orElseThrow();
        assertEquals(Integer.parseInt(size.group(1)), Tshark.fields(capture, "frame", "frame.number").size());
        assertEquals(Long.parseLong(size.group(2).replace(" ", "")), Files.size(capture));
    }

    @ParameterizedTest
    @CsvSource({"sign-basic256sha256, Basic256Sha256, 4, 4", "sign-aes128, Aes128_Sha256_RsaOaep, 5, 0",
            "encrypt-basic256sha256, Basic256Sha256, 4, 3", "encrypt-aes128, Aes128_Sha256_RsaOaep, 4, 0"})
    void channelsAreOpenedWithTheCertificatesThatTheReadmeNames(String recording, String policy, int channels,
            int renewals) throws Exception {
        List<String[]> requests = Tshark.fields(capture(recording),
                "opcua.transport.type == OPN && tcp.dstport == 4840 && opcua.security.spu contains \"" + policy + "\"",
                "opcua.transport.scid", "opcua.security.scert").stream().map(OpcRecordingsTest::split).toList();
        assertEquals(channels, requests.stream().filter(row -> row[0].equals("0")).count());
        assertEquals(renewals, requests.stream().filter(row -> !row[0].equals("0")).count());
        Set<String> pinned = PIN.matcher(readme(recording)).results().map(MatchResult::group)
                .collect(Collectors.toSet());
        Set<String> seen = new TreeSet<>();
        for (String[] request : requests) {
            seen.add(fingerprint(request[1]));
        }
        assertEquals(3, seen.size()); // panel, historian and laptop
        assertTrue(pinned.containsAll(seen), seen + " in " + pinned);
    }

    @Test
    void plainHoldsTheRequestsThatItsReadmeCounts() {
        Map<Integer, Long> counts = requests("plain");
        assertEquals(183, counts.values().stream().mapToLong(Long::longValue).sum());
        assertEquals(List.of(53L, 38L, 14L, 8L, 6L, 5L, 4L, 4L, 4L, 3L, 2L, 2L, 1L, 1L), counted(counts, WRITE, READ,
                PUBLISH, CALL, GET_ENDPOINTS, REGISTER, UNREGISTER, HISTORY_READ, BROWSE, BROWSE_NEXT, HISTORY_UPDATE,
                CREATE_ITEMS, ADD_NODES, TRANSFER));
    }

    @Test
    void signedMessagesCanBeRead() {
        assertEquals(List.of(32L, 26L, 14L, 5L, 2L, 2L), counted(requests("sign-basic256sha256"), WRITE, READ, PUBLISH,
                CALL, REGISTER, HISTORY_READ));
        assertEquals(List.of(16L, 11L, 13L, 5L, 2L, 1L), counted(requests("sign-aes128"), WRITE, READ, PUBLISH, CALL,
                REGISTER, TRANSFER));
    }

    /** 90001 is speed, then nothing, then recipe; for another session nothing; and for two at once two nodes. */
    @Test
    void anAliasMeansOneNodeAtATimeAndInOneSession() {
        String good = "0x00000000", unknown = "0x80340000";
        Map<String, String> results = Tshark.fields(capture("plain"), "opcua.servicenodeid.numeric == 676",
                "tcp.stream", "opcua.security.rqid", "opcua.Results").stream()
                .map(OpcRecordingsTest::split)
                .collect(Collectors.toMap(row -> row[0] + " " + row[1], row -> row[2], (one, other) -> one));
        assertEquals(good, answer(217, results));
        assertEquals(unknown, answer(266, results));
        assertEquals(good, answer(273, results));
        assertEquals(unknown, answer(429, results));
        assertEquals(List.of("Line3.Speed", "Line3.Temperature"), Tshark.fields(capture("plain"),
                "frame.number in {652, 677}", "opcua.nodeid.string"));
    }

    @Test
    void longMessagesAreCutIntoChunks() {
        List<String> chunks = Tshark.fields(capture("chunks"), "opcua.transport.type == MSG", "tcp.dstport",
                "opcua.transport.chunk").stream().flatMap(OpcRecordingsTest::each).toList();
        assertEquals(Map.of("4840 C", 13L, "4840 F", 14L, "client C", 9L, "client F", 14L), chunks.stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting())));
        assertEquals(List.of("Line3.Image,Line3.Speed|1501"), Tshark.fields(capture("chunks"), "frame.number == 242",
                "opcua.nodeid.string", "opcua.Double"));
    }

    private static Stream<String> each(String row) {
        String[] fields = split(row);
        return Arrays.stream(fields[1].split(",", -1)).map(chunk -> (fields[0].equals("4840") ? "4840 " : "client ")
                + chunk);
    }

    private static String[] split(String row) {
        return row.split("\\|", -1);
    }

    private static String answer(int frame, Map<String, String> results) {
        String[] request = split(Tshark.fields(capture("plain"), "frame.number == " + frame, "tcp.stream",
                "opcua.security.rqid").getFirst());
        return String.valueOf(results.get(request[0] + " " + request[1]));
    }

    /** How many requests of each service went to the server, beside those that open and close channels. */
    private static Map<Integer, Long> requests(String recording) {
        return Tshark.fields(capture(recording), "opcua.transport.type == MSG && tcp.dstport == 4840",
                "opcua.servicenodeid.numeric").stream().flatMap(row -> Arrays.stream(row.split(",", -1)))
                .filter(service -> !service.isEmpty())
                .collect(Collectors.groupingBy(Integer::valueOf, TreeMap::new, Collectors.counting()));
    }

    private static List<Long> counted(Map<Integer, Long> counts, Integer... services) {
        return Arrays.stream(services).map(service -> counts.getOrDefault(service, 0L)).toList();
    }

    private static String fingerprint(String certificate) throws Exception {
        return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(HexFormat.of()
                .parseHex(certificate)));
    }

    private static String readme(String recording) throws Exception {
        return Files.readString(capture(recording).resolveSibling("README.md"));
    }

    private static Path capture(String recording) {
        return Captures.project("testdata/opcua/" + recording + "/capture.pcap");
    }
}
