package io.sluice.replay;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Shortfall;
import io.sluice.dissect.Vocabulary;
import io.sluice.engine.Flow;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Reason;
import io.sluice.engine.words.Words;
import io.sluice.replay.Report.ConduitRow;
import io.sluice.replay.Report.OperationRow;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.RuleInfo;
import io.sluice.rules.Verdict;
import io.sluice.rules.policy.PlainVocabulary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts messages by places, sort of operation and verdict. One lookup per message in an open-addressed table whose
 * cells are made when a combination is first met; their number is bounded by policy and vocabulary, not by traffic.
 */
final class Operations {
    private static final int ANSWER = (1 << 28) - 1;
    private static final int UNREADABLE_ANSWER = (1 << 28) - 2;
    private static final int UNREADABLE_REQUEST = (1 << 28) - 3;

    private static final class Cell {
        final long places;
        final long outcome;
        final boolean inspected;
        final OperationRow first;
        long count;
        long firstFrame = Long.MAX_VALUE;
        long lastFrame;

        Cell(long places, long outcome, boolean inspected, OperationRow first) {
            this.places = places;
            this.outcome = outcome;
            this.inspected = inspected;
            this.first = first;
        }

        void add(long frame) {
            count++;
            firstFrame = Math.min(firstFrame, frame);
            lastFrame = Math.max(lastFrame, frame);
        }
    }

    private final CompiledPolicy policy;
    private @Nullable Cell[] cells = new @Nullable Cell[256];
    private int size;

    Operations(CompiledPolicy policy) {
        this.policy = policy;
    }

    /** A judged message of an inspected service. */
    void add(MessageEvent e) {
        Flow flow = e.flow();
        int sort = sort(e);
        int problem = e.problem() == null ? 0 : e.problem().code();
        long outcome = outcome(sort, e.allowed(), e.reason(), problem, e.shortfall(), e.rule());
        long places = ((long) flow.clientPlace() << 32) | flow.serverPlace();
        Cell cell = find(places, outcome, true);
        if (cell == null) {
            cell = insert(new Cell(places, outcome, true, row(e, sort)));
        }
        cell.add(e.frame());
    }

    private static int sort(MessageEvent e) {
        if (!e.request() || e.facts().spans() == 0) {
            return e.fromClient() ? UNREADABLE_REQUEST : e.problem() == null ? ANSWER : UNREADABLE_ANSWER;
        }
        Facts facts = e.facts();
        int span = e.span();
        return vocabulary(e.flow()).sort(facts.operation(span), facts.scope(span), facts.low(span));
    }

    /** A flow that a conduit allows without looking into it. */
    void add(Flow flow) {
        int operation = flow.protocol() == 6
                ? PlainVocabulary.TCP
                : flow.protocol() == 17 ? PlainVocabulary.UDP : PlainVocabulary.PING;
        int sort = PlainVocabulary.INSTANCE.sort(operation, 0,
                operation == PlainVocabulary.PING ? 0 : flow.serverPort());
        Reason reason = flow.plainAllowed()
                ? Reason.ALLOWED
                : flow.plainRule() == Verdict.DEFAULT ? Reason.DEFAULT : Reason.DENIED;
        long outcome = outcome(sort, flow.plainAllowed(), reason, 0, Shortfall.NONE, flow.plainRule());
        long places = ((long) flow.clientPlace() << 32) | flow.serverPlace();
        Cell cell = find(places, outcome, false);
        if (cell == null) {
            cell = insert(new Cell(places, outcome, false,
                    row(PlainVocabulary.INSTANCE.sortName(sort) + " (flows)", false, flow.plainAllowed(), reason.word(),
                            "",
                            flow.plainRule(), "")));
        }
        cell.add(flow.firstFrame());
        cell.lastFrame = Math.max(cell.lastFrame, flow.lastFrame());
    }

    private static long outcome(int sort, boolean allowed, Reason reason, int problem, int shortfall, int rule) {
        return ((long) sort << 36) ^ ((long) (rule + 1) << 16) ^ (problem << 8) ^ (reason.ordinal() << 4)
                ^ (shortfall << 1) ^ (allowed ? 1 : 0);
    }

    private @Nullable Cell find(long places, long outcome, boolean inspected) {
        for (int i = slot(places, outcome);; i = (i + 1) & (cells.length - 1)) {
            Cell cell = cells[i];
            if (cell == null || (cell.outcome == outcome && cell.places == places && cell.inspected == inspected)) {
                return cell;
            }
        }
    }

    private int slot(long places, long outcome) {
        long h = (places * 0x9E37_79B9_7F4A_7C15L) ^ (outcome * 0xD6E8_FEB8_6659_FD93L);
        return (int) (h >>> 40) & (cells.length - 1);
    }

    private Cell insert(Cell cell) {
        if (++size * 2 > cells.length) {
            @Nullable
            Cell[] before = cells;
            cells = new @Nullable Cell[before.length * 2];
            for (Cell old : before) {
                if (old != null) {
                    place(old);
                }
            }
        }
        place(cell);
        return cell;
    }

    private void place(Cell cell) {
        int i = slot(cell.places, cell.outcome);
        while (cells[i] != null) {
            i = (i + 1) & (cells.length - 1);
        }
        cells[i] = cell;
    }

    private OperationRow row(MessageEvent e, int sort) {
        String operation = switch (sort) {
            case ANSWER -> "answer";
            case UNREADABLE_REQUEST -> "request that cannot be read";
            case UNREADABLE_ANSWER -> "answer that cannot be read";
            default -> vocabulary(e.flow()).sortName(sort);
        };
        return row(operation, !e.fromClient(), e.allowed(), e.reason().word(), Words.detail(e), e.rule(),
                Words.does(e));
    }

    private OperationRow row(String operation, boolean answer, boolean allowed, String reason, String detail, int rule,
            String example) {
        RuleInfo info = rule == Verdict.DEFAULT ? null : policy.rules().get(rule);
        return new OperationRow(operation, answer, allowed, reason, detail, info == null ? "default" : info.id(),
                info == null ? "" : info.because().orElse(""), 0, 0, 0, example);
    }

    private static Vocabulary vocabulary(Flow flow) {
        return Objects.requireNonNull(flow.service()).protocol().vocabulary();
    }

    /** Conduits by the names of their ends; requests before answers, allowed first, then by frequency. */
    List<ConduitRow> rows() {
        Map<String, Long> names = new TreeMap<>();
        for (Cell cell : cells) {
            if (cell != null) {
                names.put(policy.nameOf((int) (cell.places >> 32)) + "\n" + policy.nameOf((int) cell.places),
                        cell.places);
            }
        }
        List<ConduitRow> rows = new ArrayList<>();
        names.values().forEach(places -> rows.add(conduit(places)));
        return rows;
    }

    private ConduitRow conduit(long places) {
        List<OperationRow> operations = new ArrayList<>();
        for (Cell cell : cells) {
            if (cell != null && cell.places == places) {
                OperationRow r = cell.first;
                operations
                        .add(new OperationRow(r.operation(), r.answer(), r.allowed(), r.reason(), r.detail(), r.rule(),
                                r.because(), cell.count, cell.firstFrame, cell.lastFrame, r.example()));
            }
        }
        operations.sort(Comparator.comparing(OperationRow::answer).thenComparing((OperationRow o) -> !o.allowed())
                .thenComparing(Comparator.comparingLong(OperationRow::count).reversed())
                .thenComparing(OperationRow::operation).thenComparing(OperationRow::rule)
                .thenComparing(OperationRow::reason).thenComparing(OperationRow::detail));
        int from = (int) (places >> 32);
        int to = (int) places;
        return new ConduitRow(policy.nameOf(from), policy.nameOf(to), policy.relation(from, to).conduits(), operations);
    }
}
