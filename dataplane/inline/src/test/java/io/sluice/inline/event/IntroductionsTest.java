package io.sluice.inline.event;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.capture.CaptureReader;
import io.sluice.engine.Engine;
import io.sluice.engine.EngineLimits;
import io.sluice.engine.Profile;
import io.sluice.journal.Journal;
import io.sluice.journal.JournalReader;
import io.sluice.journal.JournalSettings;
import io.sluice.rules.CompiledPolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What devices and applications say that they are reaches the journal, once, where reads and answers are only counted. */
class IntroductionsTest {
    private static final Path TESTDATA = Path.of(System.getProperty("sluice.root", "../..")).resolve("testdata");

    @TempDir
    Path folder;

    private List<String> journal(String recording) throws Exception {
        CompiledPolicy policy = Policies.compile(Files.readString(TESTDATA.resolve(recording).resolve("policy.yaml")));
        try (Journal journal = Journal.open(new JournalSettings(folder, JournalSettings.Detail.WRITES,
                JournalSettings.KEEP, JournalSettings.SHARE_PERCENT, "test"));
                EventRing reserved = new EventRing(1 << 10);
                EventRing ordinary = new EventRing(1 << 10);
                CaptureReader reader = CaptureReader.open(TESTDATA.resolve(recording).resolve("capture.pcap"))) {
            EventSink sink = new EventSink(reserved, ordinary, false, policy);
            JournalFeed feed = new JournalFeed(journal, List.of(new JournalFeed.Port("plant", true)));
            try (Engine engine = new Engine(policy, Profile.OBSERVE, EngineLimits.DEFAULT, sink)) {
                for (long frame = 1; reader.next(); frame++) {
                    sink.frame(reader.bytes(), reader.at(), reader.captured(), 0, reader.epochNanos());
                    engine.accept(reader.bytes(), reader.at(), reader.captured(), reader.wire(), reader.linkType(),
                            frame, reader.epochNanos());
                    drain(feed, reserved, ordinary);
                }
                engine.finish();
                drain(feed, reserved, ordinary);
            }
            feed.endOfBatch();
        }
        List<String> lines = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(folder, 0)) {
            while (reader.next()) {
                lines.add(new String(reader.bytes(), reader.from(), reader.length(), StandardCharsets.UTF_8));
            }
        }
        return lines;
    }

    private static void drain(JournalFeed feed, EventRing... rings) throws Exception {
        for (EventRing ring : rings) {
            ring.poll((event, sequence, last) -> {
                feed.event(event);
                return true;
            });
        }
    }

    // OPC 10000-4 §7.2.
    @Test
    void opcUaApplicationsAreInTheJournalByNameAndUri() throws Exception {
        List<String> said = journal("opcua/plain").stream().filter(l -> l.contains("\"application\":{")).toList();
        assertTrue(said.stream().anyMatch(l -> l.contains("\"request\":{") && l.contains("\"type\":\"client\"")),
                said::toString);
        assertTrue(said.stream().anyMatch(l -> l.contains("\"response\":{") && l.contains("\"type\":\"server\"")
                && l.contains("\"endpoint\":\"opc.tcp://")), said::toString);
    }

    @Test
    void flowsNameTheStationsAtBothEnds() throws Exception {
        List<String> flows = journal("modbus/line-3").stream().filter(l -> l.contains("\"event_type\":\"flow\""))
                .toList();
        assertFalse(flows.isEmpty());
        flows.forEach(l -> assertTrue(l.matches(
                ".*\"ether\":\\{\"src_macs\":\\[\"[0-9a-f:]{17}\"],\"dest_macs\":\\[\"[0-9a-f:]{17}\"]}.*"), l));
    }
}
