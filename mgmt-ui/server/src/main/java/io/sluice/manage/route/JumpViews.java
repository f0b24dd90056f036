package io.sluice.manage.route;

import io.sluice.broker.Tally;
import io.sluice.manage.Refused;
import io.sluice.manage.http.Json;
import io.sluice.manage.http.ProblemView;
import io.sluice.manage.jump.Access;
import io.sluice.manage.jump.Activity;
import io.sluice.manage.jump.Approval;
import io.sluice.manage.jump.Command;
import io.sluice.manage.jump.End;
import io.sluice.manage.jump.Hours;
import io.sluice.manage.jump.Jump;
import io.sluice.manage.jump.JumpState;
import io.sluice.manage.jump.Offer;
import io.sluice.manage.jump.OwnKeys;
import io.sluice.manage.jump.Permissions;
import io.sluice.manage.jump.Slot;
import io.sluice.manage.jump.Target;
import io.sluice.manage.jump.Terms;
import io.sluice.manage.jump.Visit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Jump sessions in the words of the API document. */
final class JumpViews {
    private JumpViews() {}

    record TargetName(String conduit, String asset) {
        Target target() {
            return new Target(conduit, asset);
        }
    }

    record LimitsView(long durationSeconds, @Nullable Long idleSeconds, @Nullable String window,
            @Nullable String windowSentence, @Nullable String windowOpens, long withinSeconds, int approvals, String by,
            String record) {
        static LimitsView of(Terms t, Instant now) {
            Hours hours = t.hours();
            Duration idle = t.idle();
            return new LimitsView(t.longest().toSeconds(), idle == null ? null : idle.toSeconds(),
                    hours == null ? null : hours.name(), hours == null ? null : hours.sentence(),
                    hours == null || hours.isOpen(now) ? null : Json.time(hours.opens(now)), t.within().toSeconds(),
                    t.count(), t.approvers(), t.recorded() ? "full" : "operations");
        }
    }

    record PermissionsView(String conduit, String asset, String protocol, int port, List<String> may,
            List<String> mayNot) {
        static PermissionsView of(Permissions p) {
            return new PermissionsView(p.target().conduit(), p.target().asset(), p.protocol(), p.port(), p.may(),
                    p.mayNot());
        }
    }

    record PreviewView(boolean usable, List<ProblemView> problems, List<PermissionsView> targets,
            @Nullable String sentence, @Nullable String starts, @Nullable String ends, @Nullable LimitsView limits) {
        static PreviewView refused(Refused why, @Nullable LimitsView limits) {
            List<ProblemView> problems = new ArrayList<>(why.problems().stream().map(ProblemView::of).toList());
            if (problems.isEmpty()) {
                problems.add(ProblemView.of(new Refused.Problem(false, 0, 0, why.sentence())));
            }
            return new PreviewView(false, problems, List.of(), null, null, null, limits);
        }
    }

    private record AskedView(String rule, List<TargetName> targets, String access, @Nullable String rules,
            @Nullable String reason,
            @Nullable String ticket, @Nullable String start, @Nullable Long durationSeconds) {}

    private record ApprovalView(String who, String at, boolean narrowed, String access, @Nullable Long durationSeconds,
            @Nullable String note) {
        static ApprovalView of(Approval a) {
            return new ApprovalView(a.who(), Json.time(a.at()), a.narrowed(), a.access().word(),
                    a.durationSeconds() == 0 ? null : a.durationSeconds(), a.note().isEmpty() ? null : a.note());
        }
    }

    private record EndView(String at, String why, @Nullable String who, @Nullable String note, String sentence) {}

    private record ConnectionView(String id, String from, String since, @Nullable String until, String by,
            List<String> doors) {}

    private record OperationsView(long allowed, long refused, long writes, @Nullable String lastAt) {}

    /**
     * What a view is made of.
     *
     * @param tally of connections that stand
     * @param writes of the allowed requests
     * @param doors of a connection that stands, which devices it reaches
     */
    record Shown(Jump jump, Activity activity, String personName, List<Permissions> permissions, boolean connected,
            Tally tally, long writes, Function<String, List<String>> doors, List<String> may,
            @Nullable String trouble) {}

    record SessionView(String id, String rule, String person, String personName, String state, String sentence,
            List<PermissionsView> targets, String access, @Nullable String approvedAccess, Object asked, String reason,
            @Nullable String ticket, String requestedAt, @Nullable String approveUntil, @Nullable String starts,
            @Nullable String ends, boolean warning, List<ApprovalView> approvals, int approvalsNeeded,
            @Nullable Object end,
            @Nullable String trouble, List<ConnectionView> connections, OperationsView operations, List<String> may,
            String filter) {

        static SessionView of(Shown shown, Instant now) {
            Jump jump = shown.jump();
            Activity activity = shown.activity();
            JumpState state = jump.state(now, shown.connected());
            Slot slot = jump.slot();
            End end = jump.end();
            Instant last = activity.lastAt();
            return new SessionView(jump.id(), jump.request().rule(), jump.person(), shown.personName(), state.word(),
                    JumpViews.sentence(jump, state), shown.permissions().stream().map(PermissionsView::of).toList(),
                    jump.access().word(), slot == null ? null : jump.offer().access().word(),
                    JumpViews.asked(jump),
                    jump.request().reason(), jump.request().ticket().isEmpty() ? null : jump.request().ticket(),
                    Json.time(jump.request().at()), state == JumpState.PENDING ? Json.time(jump.approveUntil()) : null,
                    slot == null ? null : Json.time(slot.start()), slot == null ? null : Json.time(slot.ends()),
                    jump.isWarned(now), jump.approvals().stream().map(ApprovalView::of).toList(), jump.terms().count(),
                    end == null ? null : view(end), shown.trouble(),
                    activity.visits().stream().map(v -> view(v, shown.doors())).toList(),
                    new OperationsView(activity.allowed() + shown.tally().allowed(),
                            activity.refused() + shown.tally().refused(), shown.writes(),
                            last == null ? null : Json.time(last)),
                    shown.may(), JumpViews.filter(jump, activity));
        }
    }

    /** Operations carry the grant that they were done under, steps of the session its id. */
    static String filter(Jump jump, Activity activity) {
        List<String> ids = new ArrayList<>(activity.grants());
        ids.add(jump.id());
        return "session:" + String.join(",", ids);
    }

    private static AskedView asked(Jump jump) {
        Offer asked = jump.request().asked();
        Instant start = asked.start();
        Duration duration = asked.duration();
        return new AskedView(jump.request().rule(),
                asked.targets().stream().map(t -> new TargetName(t.conduit(), t.asset())).toList(),
                asked.access().word(),
                asked.access() == Access.RULES ? String.join("", asked.rules().values()) : null,
                jump.request().reason(),
                jump.request().ticket().isEmpty() ? null : jump.request().ticket(),
                start == null ? null : Json.time(start), duration == null ? null : duration.toSeconds());
    }

    private static EndView view(End end) {
        return new EndView(Json.time(end.at()), end.why().word(), end.who().isEmpty() ? null : end.who(),
                end.note().isEmpty() ? null : end.note(), end.text());
    }

    private static ConnectionView view(Visit visit, Function<String, List<String>> doors) {
        Instant until = visit.until();
        return new ConnectionView(visit.id(), visit.from(), Json.time(visit.since()),
                until == null ? null : Json.time(until), visit.by(),
                until == null ? doors.apply(visit.id()) : List.of());
    }

    private static String sentence(Jump jump, JumpState state) {
        Slot slot = jump.slot();
        String access = jump.access() == Access.READ ? "reading only" : "as approved";
        return switch (state) {
            case PENDING -> {
                int missing = jump.terms().count() - jump.approvals().size();
                yield "waits for " + (missing == 1 ? "an approval" : missing + " approvals") + " by the group `"
                        + jump.terms().approvers() + "`";
            }
            case SCHEDULED -> "approved; it begins at " + (slot == null ? "-" : Json.time(slot.start()));
            case OPEN -> "open, " + access + "; nobody is connected";
            case CONNECTED -> "connected, " + access;
            case DENIED, EXPIRED, WITHDRAWN, ENDED -> jump.end() == null ? "over" : jump.end().text();
        };
    }

    private record DoorView(String asset, String protocol, String localAddress, int localPort, int port) {}

    record CommandView(String login, String host, int port, String password, String expires, String command,
            String file,
            String fileName, String fingerprint, List<String> hosts, List<DoorView> doors, List<String> notes) {
        static CommandView of(Command c) {
            return new CommandView(c.login(), c.host(), c.port(), c.password(), Json.time(c.expires()), c.line(),
                    c.file(), "session-" + c.login() + ".cmd", c.fingerprint(), c.hosts(),
                    c.doors().stream().map(d -> new DoorView(d.target().asset(), d.protocol(), d.localAddress(),
                            d.localPort(), d.port())).toList(),
                    c.notes());
        }
    }

    record KeyView(String id, String name, String type, String fingerprint, String added, @Nullable String lastUsed) {
        static KeyView of(OwnKeys.Key k) {
            return new KeyView(k.id(), k.name(), k.type(), k.fingerprint(), Json.time(k.added()),
                    k.lastUsed().map(Json::time).orElse(null));
        }
    }
}
