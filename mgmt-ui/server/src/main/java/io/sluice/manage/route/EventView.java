package io.sluice.manage.route;

import io.sluice.manage.event.Event;
import io.sluice.manage.event.Judgement;
import io.sluice.manage.event.Judgement.Verdict;
import io.sluice.manage.http.Json;
import org.jspecify.annotations.Nullable;

/** The schema {@code Event} of the API document. */
record EventView(long id, String at, String type, @Nullable String protocol, @Nullable String verdict,
        @Nullable Boolean enforced, @Nullable String reason, @Nullable String rule, @Nullable String conduit,
        @Nullable EndView source, @Nullable EndView destination, @Nullable String does, @Nullable String function,
        @Nullable String person, @Nullable String session, @Nullable String flow, @Nullable Long count,
        String sentence, @Nullable Integer severity) {

    record EndView(@Nullable String name, @Nullable String address, @Nullable Integer port) {
        static @Nullable EndView of(Event.End end) {
            return end.equals(Event.End.NONE)
                    ? null
                    : new EndView(some(end.place()), some(end.address()), end.port() < 0 ? null : end.port());
        }
    }

    static EventView of(Event e) {
        Judgement j = e.judgement();
        boolean judged = j.verdict() != Verdict.NONE;
        return new EventView(e.id(), Json.time(e.time()), e.type().word(), some(e.protocol()),
                judged ? j.verdict().word() : null, j.verdict() == Verdict.DENY ? j.enforced() : null,
                some(j.reason()), some(j.rule()), some(j.conduit()), EndView.of(e.source()),
                EndView.of(e.destination()), some(e.deed().text()), some(e.deed().functionName()), some(e.person()),
                some(e.session()), e.flow() < 0 ? null : Long.toString(e.flow()),
                e.messages() > 1 ? e.messages() : null, e.sentence(),
                e.alert().severity() < 0 ? null : e.alert().severity());
    }

    private static @Nullable String some(String text) {
        return text.isEmpty() ? null : text;
    }
}
