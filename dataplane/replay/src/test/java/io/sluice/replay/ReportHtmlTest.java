package io.sluice.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.engine.Profile;
import io.sluice.replay.ReportWriter.Form;
import io.sluice.rules.learn.LeftOut;
import io.sluice.rules.learn.Outline;
import io.sluice.rules.learn.Proposal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page: closed elements, no foreign resource, nothing of the input obeyed. */
class ReportHtmlTest {
    private static final Pattern TAG = Pattern.compile("<(/?)([a-z0-9]+)((?: [a-zA-Z-]+=\"[^\"<>]*\")*)>");
    private static final Set<String> VOID = Set.of("meta");

    @ParameterizedTest
    @EnumSource(Profile.class)
    void everyElementIsClosed(Profile profile) throws Exception {
        checkShape(Recordings.written(Recordings.replay("modbus/line-3", profile), Form.HTML));
    }

    @Test
    void everyElementIsClosedInAComparison() throws Exception {
        String page = Recordings.written(
                Recordings.compare("modbus/line-3", Policies.STRICTER, Recordings.policy("modbus/line-3")), Form.HTML);
        checkShape(page);
        assertTrue(page.contains("282, 288"), "frames are named");
    }

    @Test
    void thePageSaysWhatTheTextSays() throws Exception {
        Report report = Recordings.replay("modbus/line-3", Profile.OBSERVE);
        String page = Recordings.written(report, Form.HTML);
        report.conduits().stream().flatMap(c -> c.operations().stream()).forEach(o -> {
            assertTrue(page.contains(Html.escape(o.operation())), o.operation());
            assertTrue(page.contains(">" + PlainText.frames(o.firstFrame(), o.lastFrame()) + "<"), o.toString());
            assertTrue(page.contains(Html.escape(ReportWords.why(o))), o.toString());
        });
        assertEquals(denied(report), page.split("DENY", -1).length - 1);
        assertTrue(page.contains(Html.escape(new ReportWords(report).closing())));
        // The word is in the cell, so that colour is never the only sign.
        assertFalse(page.contains("http://") || page.contains("https://") || page.contains("<script"),
                "self-contained");
    }

    // What a manager reads first; numbers of the recording's README.
    @Test
    void theFirstPageSaysInShortWhatWouldBeBlockedAndForWhom() throws Exception {
        Report report = Recordings.compare("modbus/line-3", Policies.STRICTER, Recordings.policy("modbus/line-3"));
        String page = Recordings.written(report, Form.HTML);
        assertTrue(page.contains("151 of 185 requests (81.6 %) would be blocked."), "in short");
        assertTrue(page.contains("<b>106</b> <span>newly blocked</span>"), "against the baseline");
        assertTrue(page.contains("<b>0</b> <span>newly allowed</span>"), "against the baseline");
        assertTrue(page.indexOf("id=\"blocked\"") < page.indexOf("id=\"changes\"")
                && page.indexOf("id=\"changes\"") < page.indexOf("id=\"summary\""), "details come last");
        String blocked = page.substring(page.indexOf("id=\"blocked\""), page.indexOf("id=\"changes\""));
        assertTrue(blocked.contains("10.3.1.77"), "the laptop that no conduit names");
        assertTrue(blocked.contains("safety trip limit, HAZOP 2024-11"), "the reason that a deny states");
    }

    @Test
    void theGermanPageSaysTheSameInGerman() throws Exception {
        Report report = Recordings.compare("modbus/line-3", Policies.STRICTER, Recordings.policy("modbus/line-3"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ReportWriter.write(report, Form.HTML, ReportLanguage.DE, new PrintStream(bytes, false, StandardCharsets.UTF_8));
        String page = bytes.toString(StandardCharsets.UTF_8);
        checkShape(page);
        assertTrue(page.contains("<html lang=\"de\">"), "language");
        assertTrue(page.contains("151 von 185 Anfragen (81,6 %) w\u00fcrden gesperrt."), "in short");
        assertTrue(page.contains("safety trip limit, HAZOP 2024-11"), "words of the policy stay");
        assertTrue(page.contains("write unit 1 holding 119 = 1500"), "words of the protocol stay");
        for (String english : List.of(">In short<", "requests", "would be", "Verdicts", " allowed", " denied",
                "no rule", "outside", "used up", ">why<", ">frames<", "without", "Frame numbers", "differ")) {
            assertFalse(page.substring(page.indexOf("</style>")).contains(english), english);
        }
        assertEquals(Recordings.written(report, Form.HTML).split("<tr", -1).length, page.split("<tr", -1).length,
                "as many rows");
    }

    @Test
    void aShareIsNeverRoundedToNothingOrToAll() {
        assertEquals("0.0", MeetingPage.percent(0, 10));
        assertEquals("< 0.1", MeetingPage.percent(1, 1_000_000));
        assertEquals("> 99.9", MeetingPage.percent(999_999, 1_000_000));
        assertEquals("100.0", MeetingPage.percent(7, 7));
    }

    private static long denied(Report report) {
        return report.conduits().stream().flatMap(c -> c.operations().stream()).filter(o -> !o.allowed()).count();
    }

    @Test
    void whatInputSaysIsShownAndNotObeyed() throws Exception {
        String attack = "</title></style><script>alert(1)</script>\"'&\u001b[31m\u202e\n";
        Report good = Recordings.compare("modbus/line-3", Policies.STRICTER, Recordings.policy("modbus/line-3"));
        Report hostile = HostileReport.from(good, attack);
        String page = Recordings.written(hostile, Form.HTML);
        checkShape(page);
        assertFalse(page.contains("<script"), "a script of the input is in the page");
        assertFalse(page.contains("\u202e") || page.contains("\u001b"),
                "control characters of the input are in the page");
        assertTrue(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;&lt;U+001B&gt;[31m"),
                "not shown");
        // A terminal obeys escape sequences and line ends as a browser obeys tags.
        String text = Recordings.written(hostile, Form.TEXT);
        assertFalse(text.contains("\u001b") || text.contains("\u202e"),
                "control characters of the input are in the text");
        assertTrue(text.lines().allMatch(line -> line.length() <= TextTable.WIDTH), "a line is too long");
        assertTrue(text.contains("and 10 more rows; --format json"), "what is left out is not said");
        assertTrue(text.contains("and 6 more troubles"), "what is left out is not said");
        assertTrue(text.contains("9, 10, 11, 12 ... 4 988 more"), "what is left out is not said");
        Json.parse(Recordings.written(hostile, Form.JSON));
    }

    // Who writes to a device chooses the texts of a proposal.
    @Test
    void whatAProposalSaysIsShownAndNotObeyed() throws Exception {
        String a = "</title></style><script>alert(1)</script>\"'&\u001b[31m\u202e\n";
        Map<String, List<String>> keys = Map.of(a, Collections.nCopies(100, a));
        List<Outline.Rule> rules = Collections.nCopies(60,
                new Outline.Rule(a, keys, 7, 5, 9, List.of(1L, 2L, 3L), 50, List.of(a), Optional.of(a), true));
        Outline outline = new Outline(0, 10, List.of(new Outline.Zone(a, a)), List.of(new Outline.Asset(a, a, a)),
                List.of(new Outline.Conduit(a, a, a, a, a, rules)));
        List<LeftOut> leftOut = new ArrayList<>();
        for (LeftOut.Why why : LeftOut.Why.values()) {
            leftOut.addAll(Collections.nCopies(50, new LeftOut(why, a, a, 9, List.of(4L))));
        }
        Proposed proposed = new Proposed(a,
                new Proposal(a, leftOut, new Proposal.Counts(1, 1, 1, 60, 60, 0), Map.of(), outline), a, List.of(a));
        Report report = Recordings.compare("modbus/line-3", Policies.STRICTER, Recordings.policy("modbus/line-3"));
        for (ReportLanguage language : ReportLanguage.values()) {
            for (String page : List.of(new ProposalPage(proposed, language).page(),
                    new ReportHtml(report, Optional.of(proposed), language).page())) {
                checkShape(page);
                assertFalse(page.contains("<script"), "a script of the input is in the page");
                assertFalse(page.contains("\u202e") || page.contains("\u001b"), "control characters");
                assertTrue(page.contains(language == ReportLanguage.EN ? "and 10 more of the kind" : "und 10 weitere"),
                        "what is left out is said");
            }
        }
    }

    @Test
    void aPolicyThatMatchesNothingSaysWhatToDo() throws Exception {
        String yaml = """
                policy: empty
                mode: enforce
                zones:
                  a: {ports: [one]}
                  b: {ports: [two]}
                conduits:
                  c: {from: a, to: b, protocol: modbus, allow: [{id: r, do: read, unit: any}]}
                """;
        Report report = new Replay(Recordings.judge(yaml), Profile.OBSERVE, Optional.empty(), Replay.Outputs.NONE)
                .run(List.of(Recordings.capture("modbus/line-3")), Progress.NONE);
        assertEquals(List.of(), report.conduits());
        String page = Recordings.written(report, Form.HTML);
        checkShape(page);
        assertTrue(page.contains("--zone ZONE=NETWORK"), "no advice");
        assertTrue(Recordings.written(report, Form.TEXT).contains("--zone ZONE=NETWORK"), "no advice");
    }

    private static void checkShape(String page) {
        assertTrue(page.startsWith("<!doctype html>\n<html"), "no doctype");
        String body = page.substring("<!doctype html>".length()).replaceFirst("(?s)<style>[^<]*</style>", "");
        Deque<String> open = new ArrayDeque<>();
        Set<String> anchors = new HashSet<>();
        Matcher tag = TAG.matcher(body);
        int end = 0;
        while (tag.find()) {
            String between = body.substring(end, tag.start());
            assertFalse(between.contains("<") || between.contains(">"), () -> "stray text: " + between);
            end = tag.end();
            String name = Objects.requireNonNull(tag.group(2));
            if (!Objects.requireNonNull(tag.group(1)).isEmpty()) {
                assertEquals(name, open.poll());
            } else if (!VOID.contains(name)) {
                open.push(name);
            }
            Matcher id = Pattern.compile(" id=\"([^\"]*)\"").matcher(tag.group());
            assertTrue(!id.find() || anchors.add(id.group(1)), () -> "twice: " + tag.group());
        }
        assertEquals("", body.substring(end).strip());
        assertTrue(open.isEmpty(), () -> "left open: " + open);
        Matcher link = Pattern.compile("href=\"#([^\"]*)\"").matcher(body);
        while (link.find()) {
            assertTrue(anchors.contains(link.group(1)), () -> "leads nowhere: " + link.group());
        }
    }
}
