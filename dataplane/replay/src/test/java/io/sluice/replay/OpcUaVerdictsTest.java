package io.sluice.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The recordings of OPC UA under their policies: which requests are refused, and why. The frames come from what the
 * READMEs say was asked, not from what the rules made of it.
 */
class OpcUaVerdictsTest {
    private static final String VALUE = "outside the permitted values";
    private static final String NODE = "outside the permitted nodes";
    private static final String METHOD = "outside the permitted methods";
    private static final String OPERATION = "no rule permits this operation here";
    private static final String WINDOW = "its window is closed";
    private static final String USER = "the conduit demands another user";
    private static final String SECURITY = "the conduit demands another min_security";
    private static final String CERTIFICATE = "the conduit demands another client_certificate";

    @TempDir
    Path folder = Path.of("");

    private final Map<Long, String> expected = new TreeMap<>();

    private void deny(String why, int... frames) {
        for (int frame : frames) {
            expected.put((long) frame, why);
        }
    }

    /** What plain refuses on any day but calls of Reset alone. */
    private void plain() {
        deny(VALUE, 128, 131, 135); // 1501, 1500.0000000000002, -1
        deny(VALUE, 139, 143, 146, 155); // NaN, infinity, 65535, nothing
        deny(NODE, 162, 166, 169, 172, 181); // recipe, temperature, GUID, opaque, profile
        deny(OPERATION, 175, 178); // the attributes DisplayName and Description of a node whose value may be written
        deny(NODE, 184, 193); // a permitted write before and after one of recipe
        deny(VALUE, 187, 190); // the second of two is outside
        deny(METHOD, 199, 205, 208); // Stop, Reset of another object, GetMonitoredItems
        deny(VALUE, 223); // speed by its alias
        deny(NODE, 226, 229); // recipe by its alias; alias of speed, then recipe by its name
        deny(METHOD, 235); // Stop, on the object that has Reset
        deny(NODE, 273); // the alias that was speed's, given to recipe since
        deny(NODE, 279); // a number that was never given
        deny(OPERATION, 360, 363, 366, 369, 372, 375, 378, 381); // history, changes of history and of the address space
        deny(NODE, 429); // another session's alias
        deny(VALUE, 454); // the last of five that were sent at once
        deny(OPERATION, 527, 530); // the historian writes
    }

    private Map<Long, String> denied(String recording) throws Exception {
        return Recordings.denied(Recordings.requests(recording, Recordings.capture(recording), folder.resolve("log")));
    }

    private Map<Long, String> deniedOnSaturday(String recording) throws Exception {
        CaptureSource saturday = Recordings.shifted(recording, Duration.ofDays(1), folder.resolve("saturday.pcap"));
        return Recordings.denied(Recordings.requests(recording, saturday, folder.resolve("log")));
    }

    @Test
    void plainRefusesWhatItsReadmeNames() throws Exception {
        plain();
        deny(WINDOW, 196, 202, 232); // Reset; with Stop; by its alias: it is a Friday
        assertEquals(42, expected.size());
        assertEquals(expected, denied("opcua/plain"));
    }

    @Test
    void plainPermitsResetOnSaturdaysButNotTogetherWithStop() throws Exception {
        plain();
        deny(METHOD, 202);
        assertEquals(expected, deniedOnSaturday("opcua/plain"));
    }

    @Test
    void plainPermitsWritesByAnAliasThatTheSessionHas() throws Exception {
        Map<Long, String> written = new TreeMap<>();
        for (Map<String, Object> line : Recordings.requests("opcua/plain", Recordings.capture("opcua/plain"),
                folder.resolve("log"))) {
            String does = String.valueOf(line.get("does"));
            if ("o2".equals(line.get("rule")) && does.contains("ns=2;i=9000")) {
                written.put(Json.number(line, "frame"), does);
            }
        }
        // 266: given back, but not given to another node; the server refuses it by itself.
        Map<Long, String> aliases = new TreeMap<>(Map.of(217L, "write ns=2;i=90001 = 750", 220L,
                "write ns=2;i=90001 = 400 and write ns=2;i=90002 = 500", 266L, "write ns=2;i=90001 = 600"));
        int value = 600;
        for (long frame : List.of(672L, 690L, 699L, 708L, 717L, 729L, 738L, 754L)) {
            aliases.put(frame, "write ns=2;i=90001 = " + value++);
        }
        assertEquals(aliases, written);
    }

    private void signed() {
        deny(VALUE, 72); // 1501
        deny(NODE, 76, 80); // recipe, alone and behind a permitted write
        deny(METHOD, 87, 122); // Stop, and by its alias
        deny(VALUE, 103); // speed by its alias
        deny(NODE, 106, 109); // recipe by its alias; alias of speed, then recipe by its name
        deny(NODE, 160, 166); // the alias that is recipe's now; a number that was never given
        deny(VALUE, 255, 261, 267, 273, 286); // 1501 to 1505, through three renewals of the channel
        deny(OPERATION, 371, 432); // the historian writes
    }

    @Test
    void signedChannelsAreJudgedMessageByMessage() throws Exception {
        signed();
        deny(WINDOW, 83, 114); // Reset, and by its alias while the channel is being renewed
        assertEquals(expected, denied("opcua/sign-basic256sha256"));
    }

    @Test
    void signedChannelsPermitResetOnSaturdays() throws Exception {
        signed();
        assertEquals(expected, deniedOnSaturday("opcua/sign-basic256sha256"));
    }

    @Test
    void aSessionOfAnotherUserThanDemandedGetsNoFurtherThanItsActivation() throws Exception {
        deny(VALUE, 62, 89);
        deny(NODE, 65, 68, 92, 95, 135, 141);
        deny(WINDOW, 71, 98);
        deny(METHOD, 74, 101);
        assertEquals(12, expected.size());
        Map<Long, String> denied = denied("opcua/sign-aes128");
        Map<Long, String> historian = new TreeMap<>();
        denied.forEach((frame, why) -> {
            if (frame > 208) {
                historian.put(frame, why);
            }
        });
        assertEquals(31, historian.size());
        assertEquals(248, historian.keySet().iterator().next(), "ActivateSession");
        historian.forEach((frame, why) -> deny(USER, frame.intValue()));
        assertEquals(expected, denied);
    }

    @Test
    void whatIsForbiddenInALaterChunkIsFound() throws Exception {
        // Recipe is the 201st of 301 items and lies in the first of two chunks; 1501 lies in the last of three.
        deny(NODE, 220);
        deny(VALUE, 242);
        assertEquals(expected, denied("opcua/chunks"));
    }

    @Test
    void aChannelThatIsTooWeakIsRefusedAsAWhole() throws Exception {
        Map<Long, String> denied = denied("opcua/encrypt-basic256sha256");
        deny(SECURITY, denied.keySet().stream().mapToInt(Long::intValue).toArray());
        assertEquals(expected, denied);
        assertEquals(34, denied.size(), "OpenSecureChannel, 32 encrypted messages, CloseSecureChannel");
        assertEquals(List.of(303L, 415L), List.of(denied.keySet().iterator().next(), Long.valueOf(IntStream
                .of(denied.keySet().stream().mapToInt(Long::intValue).toArray()).max().orElseThrow())));
    }

    @Test
    void whoeverHasTheAddressButNotTheCertificateIsRefused() throws Exception {
        Map<Long, String> denied = denied("opcua/encrypt-aes128");
        deny(CERTIFICATE, denied.keySet().stream().mapToInt(Long::intValue).toArray());
        assertEquals(expected, denied);
        assertEquals(14, denied.size(), "two channels with 2 and 8 encrypted messages");
        assertEquals(347, denied.keySet().iterator().next(), "OpenSecureChannel");
    }
}
