package io.sluice.replay;

import io.sluice.dissect.Protocol;
import io.sluice.dissect.Shortfall;
import io.sluice.dissect.Vocabulary.Understood;
import io.sluice.engine.EngineListener;
import io.sluice.engine.Flow;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Packet;
import io.sluice.engine.words.Words;
import io.sluice.replay.Replay.ExpectationChoice;
import io.sluice.replay.Replay.Judge;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.analyze.Explanation;
import io.sluice.rules.analyze.Question;
import java.io.IOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Turns verdicts of a recording into lines for the {@code expect} section of a policy: what was refused stays refused,
 * what works goes on working. One line for each distinct operation. A line is written only where the policy keeps to it
 * as {@code sluice check} asks, with windows open and rates unused; the others are listed as comments.
 */
final class ExpectationLines implements EngineListener {
    /** Lines of one pair of places, operation and verdict; a set point that moves would fill a file otherwise. */
    private static final int MOST_ALIKE = 20;
    private static final int MOST = 2_000;
    private static final int MOST_COMMENTS = 50;

    private record Operation(int from, int to, Optional<Protocol> protocol, String does, boolean allowed) {}

    private record Alike(int from, int to, String operation, boolean allowed) {}

    private static final class Seen {
        final long frame;
        final String detail;
        long count;

        Seen(long frame, String detail) {
            this.frame = frame;
            this.detail = detail;
        }
    }

    private final Judge judge;
    private final ExpectationChoice choice;
    private final Map<Operation, Seen> operations = new LinkedHashMap<>();
    private final Map<Alike, Integer> alike = new HashMap<>();
    private long left;
    private long placeless;
    private long unreadable;

    ExpectationLines(Judge judge, ExpectationChoice choice) {
        this.judge = judge;
        this.choice = choice;
    }

    @Override
    public void message(MessageEvent e) {
        if (!e.fromClient() || (e.part() && e.allowed()) || !isChosen(e.allowed())) {
            return;
        }
        if (!e.request() || e.facts().spans() == 0) {
            unreadable++;
            return;
        }
        Protocol protocol = Objects.requireNonNull(e.flow().service()).protocol();
        int span = e.span();
        String sort = protocol.vocabulary().sortName(
                protocol.vocabulary().sort(e.facts().operation(span), e.facts().scope(span), e.facts().low(span)));
        add(e.flow(), Optional.of(protocol), Words.does(e), sort, e.allowed(), e.frame(), Words.detail(e));
    }

    @Override
    public void plain(Flow flow, Packet packet) {
        if (isChosen(flow.plainAllowed())) {
            add(flow, Optional.empty(), Words.service(flow), "", flow.plainAllowed(), flow.firstFrame(), "");
        }
    }

    private boolean isChosen(boolean allowed) {
        return switch (choice) {
            case DENIED -> !allowed;
            case ALLOWED -> allowed;
            case ALL -> true;
        };
    }

    private void add(Flow flow, Optional<Protocol> protocol, String does, String sort, boolean allowed, long number,
            String detail) {
        if (flow.clientPlace() == CompiledPolicy.NOWHERE || flow.serverPlace() == CompiledPolicy.NOWHERE) {
            placeless++;
            return;
        }
        Operation key = new Operation(flow.clientPlace(), flow.serverPlace(), protocol, does, allowed);
        Seen seen = operations.get(key);
        if (seen == null) {
            if (operations.size() == MOST || alike.merge(
                    new Alike(flow.clientPlace(), flow.serverPlace(), sort, allowed), 1, Integer::sum) > MOST_ALIKE) {
                left++;
                return;
            }
            seen = new Seen(number, detail);
            operations.put(key, seen);
        }
        seen.count++;
    }

    /** Writes what was collected; the lines can be pasted under {@code expect:}. */
    void write(Writer out) throws IOException {
        StringBuilder lines = new StringBuilder();
        StringBuilder comments = new StringBuilder();
        int written = 0;
        int commented = 0;
        for (Map.Entry<Operation, Seen> entry : operations.entrySet()) {
            Optional<String> line = line(entry.getKey());
            String frames = "frame " + entry.getValue().frame
                    + (entry.getValue().count > 1 ? ", " + PlainText.number(entry.getValue().count) + " times" : "");
            if (line.isPresent()) {
                written++;
                lines.append("  - ").append(line.get()).append("  # ").append(frames).append('\n');
            } else if (commented++ < MOST_COMMENTS) {
                comments.append("  #   ").append(frames).append(": ").append(sentence(entry.getKey(), entry.getValue()))
                        .append('\n');
            }
        }
        out.write("  # " + PlainText.count(written, "expectation") + " from a recording, as policy `"
                + PlainText.clean(judge.compiled().name()) + "` (sha256 " + judge.compiled().hash()
                + ") decides; paste them under `expect:`.\n");
        out.write(lines.toString());
        note(out, left, "more " + (left == 1 ? "message" : "messages")
                + " of operations beyond the first that are alike, which differ in addresses or values only");
        note(out, placeless, "of senders or receivers that are neither asset nor zone, which no expectation can name");
        note(out, unreadable, "that cannot be read, which no expectation can put into words");
        if (commented > 0) {
            out.write(
                    "  # Not written, since an expectation takes windows as open, rates as unused and the connection as"
                            + " demanded:\n");
            out.write(comments.toString());
            note(out, commented - MOST_COMMENTS, "more of these");
        }
    }

    private static void note(Writer out, long count, String what) throws IOException {
        if (count > 0) {
            out.write("  # " + PlainText.number(count) + " " + what + "\n");
        }
    }

    /** The line, if the policy decides by itself as it did in the recording. */
    private Optional<String> line(Operation o) {
        String from = judge.compiled().nameOf(o.from());
        String to = judge.compiled().nameOf(o.to());
        Optional<Explanation> inWords = explain(from, to, Optional.empty(), o.does());
        Optional<String> protocol = Optional.empty();
        if (o.protocol().isPresent() && inWords.filter(e -> e.allowed() == o.allowed()).isEmpty()) {
            protocol = Optional.of(o.protocol().get().name());
            inWords = explain(from, to, protocol, o.does());
        }
        if (inWords.filter(e -> e.allowed() == o.allowed() && (e.allowed() || e.rule().isPresent()
                || e.missing() != Shortfall.TRAIT)).isEmpty()) {
            return Optional.empty();
        }
        String then = (o.allowed() ? "allow" : "deny")
                + inWords.get().rule().map(rule -> " " + rule).orElse(o.allowed() ? "" : " default");
        return Optional.of("{from: " + yaml(from) + ", to: " + yaml(to)
                + protocol.map(p -> ", protocol: " + yaml(p)).orElse("") + ", does: " + yaml(o.does()) + ", then: "
                + yaml(then) + "}");
    }

    private Optional<Explanation> explain(String from, String to, Optional<String> protocol, String does) {
        return switch (Explanation.of(judge.compiled(), judge.policy(), new Question(from, to, protocol, does))) {
            case Understood.Yes<Explanation> yes -> Optional.of(yes.meaning());
            case Understood.No<Explanation> _ -> Optional.empty();
        };
    }

    private String sentence(Operation o, Seen seen) {
        return PlainText.clean(judge.compiled().nameOf(o.from()) + " to " + judge.compiled().nameOf(o.to()) + ", "
                + o.does() + ": " + (o.allowed() ? "allowed" : "denied")
                + (seen.detail.isEmpty() ? "" : ", " + seen.detail));
    }

    /** A text as a YAML 1.2 scalar within braces: in quotes where it could mean anything but itself (§7.3). */
    static String yaml(String text) {
        if (text.matches("[A-Za-z][A-Za-z0-9_.-]*(?: (?:=|[A-Za-z0-9_.;=/-]+))*")
                && !text.matches("(?i)true|false|null|yes|no|on|off|y|n")) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF
                    || (c >= 0xD800 && c < 0xE000)) {
                quoted.append(String.format(Locale.ROOT, "\\u%04X", c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }
}
