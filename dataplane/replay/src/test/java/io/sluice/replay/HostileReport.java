package io.sluice.replay;

import io.sluice.capture.CaptureTrouble;
import io.sluice.replay.Report.AnomalyRow;
import io.sluice.replay.Report.CauseRow;
import io.sluice.replay.Report.ChangeRow;
import io.sluice.replay.Report.Changes;
import io.sluice.replay.Report.ConduitRow;
import io.sluice.replay.Report.OperationRow;
import io.sluice.replay.Report.OtherRow;
import io.sluice.replay.Report.PolicyId;
import io.sluice.replay.Report.TalkerRow;
import java.util.List;

/** A report in which every text is an attack. */
final class HostileReport {
    private HostileReport() {}

    static Report from(Report r, String a) {
        PolicyId id = new PolicyId(a, a, a);
        CaptureTrouble trouble = new CaptureTrouble(CaptureTrouble.Kind.DAMAGED, 1, 1, a);
        List<Long> frames = java.util.stream.LongStream.range(1, 900).boxed().toList();
        return new Report(id, r.profile(), List.of(new InputSummary(a, 1, 1, 0, 0, List.of(trouble), 7)), List.of(a),
                r.totals(),
                List.of(new ConduitRow(a, a, List.of(a),
                        List.of(new OperationRow(a, false, false, a, a, a, a, 1, 1, 1, a),
                                new OperationRow(a, false, false, "denied", a, a, a, Long.MAX_VALUE / 2, 1, 1, a)))),
                java.util.Collections.nCopies(30, new TalkerRow(a, a, a, a, a, a, 1, 1, 1, 1, 1)),
                List.of(new CauseRow(a, a, a, 1, 1, 1)), List.of(new AnomalyRow(a, a, true, 1, 1, 1)), r.effects(),
                List.of(new OtherRow(a, 1, 1, 1)),
                r.changes().map(c -> new Changes(id, 1, 1,
                        java.util.Collections.nCopies(60, new ChangeRow(a, a, a, a, a, 5000, frames, a)))));
    }
}
