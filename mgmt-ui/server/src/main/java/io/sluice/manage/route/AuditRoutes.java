package io.sluice.manage.route;

import io.sluice.journal.Verification;
import io.sluice.manage.Diary;
import io.sluice.manage.Refused;
import io.sluice.manage.firewall.JournalAudit;
import io.sluice.manage.firewall.JournalAudit.Outcome;
import io.sluice.manage.http.Answer;
import io.sluice.manage.http.Call;
import io.sluice.manage.http.Json;
import io.sluice.manage.http.Operations;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Proof of what happened. */
public final class AuditRoutes implements Operations.Part {
    private final JournalAudit audit;
    private final Diary diary;

    AuditRoutes(JournalAudit audit, Diary diary) {
        this.audit = audit;
        this.diary = diary;
    }

    @Override
    public void register(Operations operations) {
        operations.on("getVerification", _ -> Answer.ok(view(audit.last()))).on("verifyJournal", this::verify)
                .on("cancelVerification", _ -> cancel())
                .on("proveEvent", this::prove);
    }

    private Answer verify(Call call) {
        Outcome begun = audit.verify();
        diary.note("journal-verification", call.who(), Map.of());
        return Answer.made(202, view(begun));
    }

    private Answer cancel() {
        audit.cancel();
        return Answer.ok(view(audit.last()));
    }

    private Answer prove(Call call) throws Refused {
        String proof = audit.prove(call.number("id"));
        diary.note("record-proven", call.who(), Map.of("record", call.text("id")));
        return Answer.file("text/plain; charset=utf-8", "record-" + call.number("id") + ".tlog-proof",
                proof.getBytes(StandardCharsets.UTF_8));
    }

    private record VerificationView(String state, @Nullable Double done, @Nullable String at, @Nullable Long entries,
            @Nullable Integer checkpoints, String sentence, List<String> findings, @Nullable String key) {}

    private VerificationView view(Outcome o) {
        Verification seen = o.seen().orElse(null);
        return new VerificationView(o.state().name().toLowerCase(Locale.ROOT),
                o.state() == JournalAudit.State.RUNNING ? audit.done() : null, o.at().map(Json::time).orElse(null),
                seen == null ? null : seen.records(), seen == null ? null : seen.checkpoints(), o.sentence(),
                seen == null ? List.of() : seen.broken().map(f -> List.of(f.toString())).orElse(List.of()),
                seen == null ? null : seen.key().toString());
    }
}
