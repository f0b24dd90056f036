package io.sluice.manage.route;

import io.sluice.manage.Refused;
import io.sluice.manage.http.Answer;
import io.sluice.manage.http.Call;
import io.sluice.manage.http.Json;
import io.sluice.manage.http.Operations;
import io.sluice.manage.jump.Access;
import io.sluice.manage.jump.JumpBoard;
import io.sluice.manage.jump.JumpBoard.Offered;
import io.sluice.manage.jump.JumpBoard.Preview;
import io.sluice.manage.jump.JumpBoard.Seen;
import io.sluice.manage.jump.JumpDesk;
import io.sluice.manage.jump.JumpSessions;
import io.sluice.manage.jump.Person;
import io.sluice.manage.jump.Wish;
import io.sluice.manage.route.JumpViews.CommandView;
import io.sluice.manage.route.JumpViews.LimitsView;
import io.sluice.manage.route.JumpViews.PermissionsView;
import io.sluice.manage.route.JumpViews.PreviewView;
import io.sluice.manage.route.JumpViews.SessionView;
import io.sluice.manage.route.JumpViews.Shown;
import io.sluice.manage.route.JumpViews.TargetName;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Jump sessions for browsers. */
final class JumpRoutes implements Operations.Part {
    private final JumpSessions sessions;
    private final JumpDesk desk;
    private final JumpBoard board;
    private final ToLongFunction<String> count;
    private final InstantSource clock;

    /** @param count how many events of the journal a filter names */
    JumpRoutes(JumpSessions sessions, ToLongFunction<String> count, InstantSource clock) {
        this.sessions = sessions;
        this.desk = sessions.desk();
        this.board = new JumpBoard(sessions);
        this.count = count;
        this.clock = clock;
    }

    @Override
    public void register(Operations operations) {
        operations.on("listJumpTargets", this::offers).on("previewJumpSession", this::preview)
                .on("listJumpSessions", this::list)
                .on("getJumpSession", call -> view(call, call.text("id")))
                .on("requestJumpSession", this::request).on("approveJumpSession", this::approve)
                .on("denyJumpSession", call -> view(call,
                        desk.deny(person(call), call.text("id"), note(call.body(Note.class).note()))))
                .on("withdrawJumpSession", call -> view(call, desk.withdraw(person(call), call.text("id"))))
                .on("connectJumpSession", this::connect).on("changeJumpAccess", this::step)
                .on("endJumpSession", call -> view(call,
                        desk.end(person(call), call.text("id"), note(call.body(Note.class).note()))))
                .on("endAllJumpSessions", call -> Answer.ok(new Ended(
                        desk.endAll(person(call), note(call.body(Note.class).note())))));
    }

    private Person person(Call call) throws Refused {
        return desk.person(call.who());
    }

    private record Note(@Nullable String note) {}

    private record Ended(int ended) {}

    private static String note(@Nullable String note) {
        return note == null ? "" : note.strip();
    }

    private record BrokerView(boolean running, @Nullable String listen, @Nullable String fingerprint,
            @Nullable String sentence) {}

    private record TargetView(String conduit, String asset, @Nullable String zone, String protocol, int port,
            List<String> ceiling) {}

    private record OfferView(String rule, List<TargetView> targets, LimitsView limits, boolean allowed,
            @Nullable String why) {}

    private record OffersView(BrokerView broker, List<OfferView> offers) {}

    private Answer offers(Call call) throws Refused {
        Instant now = clock.instant();
        List<OfferView> offers = board.offers(person(call), call.from().address()).stream().map(o -> view(o, now))
                .toList();
        BrokerView broker = sessions.listening()
                .map(l -> new BrokerView(true, l.address().getAddress().getHostAddress() + ":" + l.address().getPort(),
                        l.fingerprint(), null))
                .orElse(new BrokerView(false, null, null, "the settings of this server have no `broker`, so nobody can"
                        + " connect; sessions can be asked for and approved"));
        return Answer.ok(new OffersView(broker, offers));
    }

    private static OfferView view(Offered o, Instant now) {
        return new OfferView(o.rule(),
                o.places().stream().map(p -> new TargetView(p.target().conduit(), p.target().asset(), p.zone(),
                        p.protocol(), p.port(), p.ceiling())).toList(),
                LimitsView.of(o.terms(), now), o.why().isEmpty(), o.why().isEmpty() ? null : o.why());
    }

    private record Wanted(String rule, List<TargetName> targets, String access, @Nullable String rules,
            @Nullable String reason, @Nullable String ticket, @Nullable String start,
            @Nullable Long durationSeconds) {
        Wish wish() {
            return JumpRoutes.wish(targets, access, rules, start, durationSeconds);
        }
    }

    private static Wish wish(@Nullable List<TargetName> targets, @Nullable String access, @Nullable String rules,
            @Nullable String start, @Nullable Long seconds) {
        return new Wish(targets == null ? null : targets.stream().map(TargetName::target).toList(),
                access == null ? null : Access.of(access), rules == null ? "" : rules,
                start == null ? null : OffsetDateTime.parse(start).toInstant(),
                seconds == null ? null : Duration.ofSeconds(seconds));
    }

    private Answer preview(Call call) throws Refused {
        Wanted wanted = call.body(Wanted.class);
        Person person = person(call);
        LimitsView limits = null;
        try {
            limits = LimitsView.of(board.terms(person, wanted.rule()), clock.instant());
            Preview preview = board.preview(person, wanted.rule(), wanted.wish());
            String starts = Json.time(preview.slot().start());
            String ends = Json.time(preview.slot().ends());
            return Answer.ok(new PreviewView(true, List.of(),
                    preview.permissions().stream().map(PermissionsView::of).toList(),
                    "approved now, it would run from " + starts + " to " + ends
                            + (preview.slot().byWindow() ? ", when its window closes" : ""),
                    starts, ends, limits));
        } catch (Refused e) {
            if (e.status() != 400 && e.status() != 404) {
                throw e;
            }
            return Answer.ok(PreviewView.refused(e, limits));
        }
    }

    private Answer list(Call call) throws Refused {
        return Answer.ok(board.list(person(call), call.text("over").equals("true"), (int) call.number("limit")).stream()
                .map(this::view).toList());
    }

    private Answer request(Call call) throws Refused {
        Wanted wanted = call.body(Wanted.class);
        String id = desk.request(person(call), call.from().address(), wanted.rule(), wanted.wish(),
                new JumpDesk.Reason(note(wanted.reason()), note(wanted.ticket())));
        return Answer.made(201, view(board.find(person(call), id)));
    }

    private record Narrowed(@Nullable List<TargetName> targets, @Nullable String access, @Nullable String rules,
            @Nullable Long durationSeconds, @Nullable String start, @Nullable String note) {}

    private Answer approve(Call call) throws Refused {
        Narrowed n = call.body(Narrowed.class);
        return view(call, desk.approve(person(call), call.text("id"),
                wish(n.targets(), n.access(), n.rules(), n.start(), n.durationSeconds()), note(n.note())));
    }

    private record AccessChange(String access, @Nullable String note) {}

    private Answer step(Call call) throws Refused {
        AccessChange change = call.body(AccessChange.class);
        return view(call, desk.step(person(call), call.text("id"), Access.of(change.access()), note(change.note())));
    }

    private Answer connect(Call call) throws Refused {
        String host = URI.create(call.site()).getHost();
        return Answer.ok(CommandView.of(sessions.connect(person(call), call.text("id"), call.from().address(),
                host == null ? "localhost" : host)));
    }

    private Answer view(Call call, String id) throws Refused {
        return Answer.ok(view(board.find(person(call), id)));
    }

    private SessionView view(Seen s) {
        boolean busy = s.activity().allowed() + s.tally().allowed() > 0;
        long writes = busy
                ? count.applyAsLong(JumpViews.filter(s.jump(), s.activity()) + " do:write verdict:allow")
                : 0;
        return SessionView.of(new Shown(s.jump(), s.activity(), s.personName(), s.permissions(), s.connected(),
                s.tally(), writes, s.doors(), s.may(), s.trouble().isEmpty() ? null : s.trouble()), clock.instant());
    }
}
