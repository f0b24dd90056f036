package io.sluice.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.capture.CaptureTrouble;
import io.sluice.dissect.Malformed;
import io.sluice.dissect.Notice;
import io.sluice.dissect.Protocol;
import io.sluice.dissect.Protocols;
import io.sluice.dissect.Vocabulary;
import io.sluice.engine.Anomaly;
import io.sluice.engine.Profile;
import io.sluice.engine.Reason;
import io.sluice.replay.Report.AnomalyRow;
import io.sluice.replay.Report.CauseRow;
import io.sluice.replay.Report.ChangeRow;
import io.sluice.replay.Report.Changes;
import io.sluice.replay.Report.ConduitRow;
import io.sluice.replay.Report.Effects;
import io.sluice.replay.Report.OperationRow;
import io.sluice.replay.Report.OtherRow;
import io.sluice.replay.Report.PolicyId;
import io.sluice.replay.Report.TalkerRow;
import io.sluice.replay.Report.Totals;
import io.sluice.rules.learn.LeftOut;
import io.sluice.rules.learn.ProposalOptions;
import io.sluice.rules.learn.Proposer;
import io.sluice.rules.policy.PlainVocabulary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that a German page says of itself is English. */
class GermanTest {
    private static final Phrasebook BOOK = Phrasebook.read("german.txt");
    private static final PolicyId POLICY = new PolicyId("p", "00", "enforce");

    /** German that notes what it has no words for. */
    private static final class Noting implements Phrases {
        final Set<String> missing = new TreeSet<>();

        @Override
        public String of(String english) {
            Optional<String> german = BOOK.find(english);
            if (german.isEmpty()) {
                missing.add(english);
            }
            return german.orElse(english);
        }

        @Override
        public String word(String text) {
            return BOOK.find(text).orElse(text);
        }

        @Override
        public String code() {
            return "de";
        }
    }

    // Whoever adds an anomaly, a reason or a notice finds out here that it needs German words.
    @Test
    void everyExplanationHasGermanWords() {
        List<String> sentences = new ArrayList<>();
        Stream.of(Anomaly.values()).map(Anomaly::sentence).forEach(sentences::add);
        Stream.of(Notice.values()).map(Notice::sentence).forEach(sentences::add);
        Stream.of(Malformed.values()).map(Malformed::sentence).forEach(sentences::add);
        Stream.of(LeftOut.Why.values()).map(LeftOut.Why::sentence).forEach(sentences::add);
        assertTrue(sentences.size() > 100, "the lists are there");
        for (String sentence : sentences) {
            assertTrue(sentence.isEmpty() || BOOK.has(sentence), () -> "no German for: " + sentence);
        }
    }

    // What is missing or wrong, as Words.detail says it, for all operations of all protocols.
    @Test
    void everyReasonHasGermanWords() {
        Set<String> details = new TreeSet<>(Set.of("", "no rule permits this operation here",
                "outside the permitted values", "its window is closed", "its rate is used up",
                "outside what rules permit"));
        List<Vocabulary> vocabularies = new ArrayList<>(Protocols.ALL.stream().map(Protocol::vocabulary).toList());
        vocabularies.add(PlainVocabulary.INSTANCE);
        for (Vocabulary vocabulary : vocabularies) {
            vocabulary.fields().stream().filter(f -> f.role() == Vocabulary.Role.ITEM).map(Vocabulary.Field::name)
                    .forEach(name -> details.add("outside the permitted " + name + (name.endsWith("s") ? "es" : "s")));
            vocabulary.operations().forEach(o -> details.add("no rule permits this " + o.word()));
            vocabulary.traits().forEach(t -> details.add("the conduit demands another " + t.key()));
        }
        Noting german = new Noting();
        // A deny, and the answer to a refused request, say nothing of what is missing.
        Set<Reason> silent = Set.of(Reason.ALLOWED, Reason.DENIED, Reason.ANSWER_TO_REFUSED);
        List<Reason> refusals = Stream.of(Reason.values()).filter(r -> !silent.contains(r)).toList();
        for (Reason reason : refusals) {
            for (String detail : details) {
                String why = ReportWords.why(operation("read", false, reason.word(), detail, 1), german);
                assertFalse(why.contains("permit") || why.contains("demands") || why.contains("its "), why);
            }
        }
        for (Reason reason : List.of(Reason.MALFORMED, Reason.OPAQUE, Reason.OVERLOAD)) {
            for (Malformed problem : Malformed.values()) {
                ReportWords.why(operation("read", false, reason.word(), problem.word(), 1), german);
            }
        }
        assertEquals(Set.of(), german.missing);
    }

    // Every row that a page can have, once each and many times: 1 message, 2 messages.
    @Test
    void everySectionIsGermanInTheSingularAndThePlural() {
        for (long n : new long[]{0, 1, 2, 12_345}) {
            for (Profile profile : Profile.values()) {
                for (String mode : List.of("enforce", "monitor", "learn")) {
                    Noting german = new Noting();
                    String page = new ReportHtml(report(n, profile, mode), Optional.empty(), german).page();
                    assertEquals(Set.of(), german.missing, page);
                    String text = page.substring(page.indexOf("</style>"));
                    for (String wrong : List.of(">1 Nachrichten", " 1 Anfragen", ">1 Anfragen", "1 Pakete",
                            "1 Verbindungen ohne", "1 Urteile ", "1 Antworten", "default", "not judged", " wrong",
                            " checksum", " of ", " the ", " would ")) {
                        assertFalse(text.contains(wrong), () -> wrong + " in "
                                + text.replaceAll("(?s).*(.{80}" + Pattern.quote(wrong) + ".{80}).*", "$1"));
                    }
                    assertEquals(n == 1, text.contains(">1 Anfrage: 0 erlaubt, 1 abgelehnt; 1 Antwort:"), text);
                }
            }
        }
    }

    static Stream<String> recordings() {
        return Stream.of("modbus/line-3", "modbus/pipelined", "modbus/malformed", "opcua/plain", "opcua/chunks",
                "opcua/sign-basic256sha256", "opcua/encrypt-aes128").filter(
                        r -> java.nio.file.Files
                                .exists(io.sluice.testdata.Captures.project("testdata/" + r + "/capture.pcap")));
    }

    // Real pages of real recordings, with what is proposed of them.
    @ParameterizedTest
    @MethodSource("recordings")
    void pagesOfRecordingsAreGerman(String recording) throws Exception {
        Learning.Learnt learnt = new Learning(Map.of()).run(List.of(Recordings.capture(recording)), Progress.NONE);
        for (ProposalOptions options : List.of(ProposalOptions.DEFAULT, ProposalOptions.DEFAULT.least(1),
                ProposalOptions.DEFAULT.withoutWrites())) {
            var proposal = Proposer.propose(learnt.observations(), options);
            Proposed proposed = new Proposed("learnt", proposal, learnt.seen().source(),
                    learnt.observations().losses());
            Noting german = new Noting();
            new ProposalPage(proposed, german).page();
            if (!proposal.isEmpty()) {
                for (Profile profile : Profile.values()) {
                    Report report = new Replay(Recordings.judge(proposal.policy()), profile, Optional.empty(),
                            Replay.Outputs.NONE).run(List.of(Recordings.capture(recording)), Progress.NONE);
                    new ReportHtml(report, Optional.of(proposed), german).page();
                }
            }
            german.missing.removeIf(text -> text.startsWith("Learnt from "));
            assertEquals(Set.of(), german.missing);
        }
    }

    @Test
    void aPhrasebookSaysWhatItSays() {
        Phrasebook book = Phrasebook.of("""
                # a comment
                one day
                ein Tag

                {#} day[s] of {}
                {1} {1:Tag|Tage} von {2~}

                {.} %
                {1} v. H.
                """);
        assertEquals(Optional.of("ein Tag"), book.find("one day"));
        assertEquals(Optional.of("1 Tag von $x\\"), book.find("1 day of $x\\"));
        assertEquals(Optional.of("12 Tage von ein Tag"), book.find("12 days of one day"));
        assertEquals(Optional.of("< 0,1 v. H."), book.find("< 0.1 %"));
        assertEquals(Optional.empty(), book.find("two days"));
        assertThrows(IllegalStateException.class, () -> Phrasebook.of("alone\n\n"));
        assertThrows(IllegalStateException.class, () -> Phrasebook.of("a\nb\n\na\nc\n"));
    }

    private static OperationRow operation(String name, boolean allowed, String reason, String detail, long n) {
        return new OperationRow(name, false, allowed, reason, detail, "default", "", n, 1, n, "read unit 1");
    }

    /** A report with all that there may be, {@code n} times each. */
    private static Report report(long n, Profile profile, String mode) {
        PolicyId policy = new PolicyId(POLICY.name(), POLICY.hash(), mode);
        List<CaptureTrouble> troubles = troubles().stream()
                .map(s -> new CaptureTrouble(CaptureTrouble.Kind.DAMAGED, n, n, s)).toList();
        List<InputSummary> inputs = List.of(
                new InputSummary("standard input", n, n, 0, n * 3_600_000_000_000L, troubles,
                        troubles.size() + n),
                new InputSummary("b", 0, 0, 0, 0, List.of(), 0),
                new InputSummary("c", 5, 5, 0, 300_000_000_000L, List.of(), 0));
        List<OperationRow> operations = new ArrayList<>();
        for (String name : List.of("write holding", "request that cannot be read", "tcp port 443 (flows)")) {
            operations.add(operation(name, true, "allowed", "", n));
            operations.add(operation(name, false, "malformed", "quantity", n));
        }
        operations.add(new OperationRow("answer", true, false, "answer-to-refused", "", "default", "", n, 1, n, ""));
        List<ConduitRow> conduits = n == 0
                ? List.of()
                : List.of(new ConduitRow("a", "b", List.of("c", "d"), operations));
        List<TalkerRow> talkers = n == 0
                ? List.of()
                : Collections.nCopies(30,
                        new TalkerRow("10.0.0.1", "10.0.0.2", "udp port 5", "?", "?", "no conduit", n, n,
                                n, 1, n));
        List<AnomalyRow> anomalies = Stream.of(Anomaly.values())
                .map(a -> new AnomalyRow(a.word(), a.sentence(), a.blocks(), n, 1, n)).toList();
        List<CauseRow> causes = Stream.of(Malformed.values())
                .map(m -> new CauseRow("malformed", m.word(), m.sentence(), n, 1, n)).toList();
        List<ChangeRow> changes = new ArrayList<>();
        for (String verdict : List.of("not judged", "deny (no conduit)", "allow (r1)", "deny (default)",
                "deny (malformed)", "allow (r1, not inspected)", "deny (default, not inspected)", "deny (opaque)",
                "deny (channel)", "deny (midstream)", "deny (overload)", "deny (grant)")) {
            changes.add(new ChangeRow("a", "b", "tcp port 5 (flow)", verdict, verdict, n + 3, List.of(1L), "read"));
        }
        changes.addAll(Collections.nCopies(60, changes.getFirst()));
        Optional<Effects.Frames> frames = profile == Profile.INLINE
                ? Optional.of(new Effects.Frames(n, n, n, n))
                : Optional.empty();
        return new Report(policy, profile, inputs,
                List.of("addresses of " + n + " assets", "networks of the zones a, b",
                        "interface names equal to port names",
                        "nothing: the policy names no assets and no networks, so no conduit can match; use --zone"
                                + " ZONE=NETWORK"),
                new Totals(n, n, n, n, 2 * n, n, n, n, n, n), conduits, talkers, causes, anomalies,
                new Effects(n, n, n, n, frames),
                List.of(new OtherRow("ARP", n, 1, n), new OtherRow("IEEE 802.3 frames", n, 1, n),
                        new OtherRow("IP protocol 47", n, 1, n)),
                Optional.of(new Changes(POLICY, n, n, changes)));
    }

    /** As CaptureReader words them. */
    private static List<String> troubles() {
        String rest = "; the rest of the file cannot be read, the packets before it were used";
        return List.of("the file ends inside packet 7; the packets before it were used",
                "the file ends inside a block of 88 bytes; the packets before it were used",
                "packet 9 claims 99999999 bytes, more than the limit of 262144" + rest,
                "a block of type 7 with the impossible length 3" + rest,
                "packet 3 is left out: its interface 4 is not described in its section",
                "packet 3 is left out: it claims 70 bytes, more than its block holds",
                "the packet's time lies outside the years 1678 to 2262; the nearest was taken",
                "simple packet blocks carry no time; that of the packet before is used");
    }
}
