package io.sluice.manage.route;

import io.sluice.control.v1.ApplyPolicyResponse;
import io.sluice.control.v1.GetPolicyResponse;
import io.sluice.control.v1.PolicyChange;
import io.sluice.manage.Diary;
import io.sluice.manage.Refused;
import io.sluice.manage.firewall.Drafts;
import io.sluice.manage.firewall.PolicyDesk;
import io.sluice.manage.firewall.PolicyDiff;
import io.sluice.manage.firewall.PolicyNotes;
import io.sluice.manage.firewall.PolicyText;
import io.sluice.manage.firewall.StatusWatch;
import io.sluice.manage.http.Answer;
import io.sluice.manage.http.Call;
import io.sluice.manage.http.Json;
import io.sluice.manage.http.Operations;
import io.sluice.manage.http.ProblemView;
import io.sluice.rules.policy.PolicyReader;
import io.sluice.rules.policy.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The policy: read, checked, compared, staged, put on trial, confirmed, taken back. */
public final class PolicyRoutes implements Operations.Part {
    private static final int CONFIRM_SECONDS = 60;
    private static final int LONGEST_WHO = 200;

    private final PolicyDesk desk;
    private final Drafts drafts;
    private final PolicyNotes notes;
    private final StatusWatch watch;
    private final Diary diary;

    PolicyRoutes(PolicyDesk desk, Drafts drafts, PolicyNotes notes, StatusWatch watch, Diary diary) {
        this.desk = desk;
        this.drafts = drafts;
        this.notes = notes;
        this.watch = watch;
        this.diary = diary;
    }

    @Override
    public void register(Operations operations) {
        operations.on("getPolicy", this::get).on("listPolicyHistory", _ -> history())
                .on("getPolicySchema", _ -> schema()).on("checkPolicy", this::check).on("diffPolicy", this::diff)
                .on("getDraft", this::draft).on("stageDraft", this::stage).on("dropDraft", this::drop)
                .on("applyPolicy", this::apply).on("confirmPolicy", this::confirm)
                .on("rollBackPolicy", this::rollBack);
    }

    private record TextView(String yaml, StatusView.@Nullable Policy info) {}

    private Answer get(Call call) throws Refused {
        GetPolicyResponse answer = desk.get(call.text("which"));
        return Answer.ok(new TextView(answer.getYaml(),
                answer.hasPolicy() ? StatusView.Policy.of(answer.getPolicy()) : null));
    }

    private record ChangeView(String at, String who, String hash, String name, String why, @Nullable String note) {
        static ChangeView of(PolicyChange c, List<PolicyNotes.Noted> all) {
            Optional<PolicyNotes.Noted> noted = PolicyNotes.of(c, all);
            return new ChangeView(Json.timeOfNanos(c.getAtNanos()), PolicyNotes.who(c, noted), c.getHash(), c.getName(),
                    c.getWhy().name().toLowerCase(Locale.ROOT), noted.map(PolicyNotes.Noted::note).orElse(null));
        }
    }

    private Answer history() throws Refused {
        List<PolicyNotes.Noted> all = notes.all();
        return Answer.ok(desk.history().stream().map(c -> ChangeView.of(c, all)).toList());
    }

    private static Answer schema() throws Refused {
        try (InputStream in = PolicyReader.class.getResourceAsStream("/io/sluice/rules/policy.schema.json")) {
            if (in == null) {
                throw Refused.notFound("this build has no schema of the policy language");
            }
            return new Answer.Content(200, "application/json", in.readAllBytes(), Map.of());
        } catch (IOException e) {
            throw Refused.notFound("the schema of the policy language cannot be read");
        }
    }

    private record Draft(String yaml, @Nullable String against, @Nullable String note) {}

    private record CheckView(boolean usable, @Nullable String hash, List<ProblemView> problems) {}

    private Answer check(Call call) throws Refused {
        String yaml = call.body(Draft.class).yaml();
        List<Problem> problems = PolicyText.check(PolicyText.of(yaml));
        boolean usable = problems.stream().noneMatch(p -> p.severity() == Problem.Severity.ERROR);
        List<ProblemView> views = new ArrayList<>(views(problems));
        if (usable && watch.last().status().isPresent()) {
            List<io.sluice.control.v1.Problem> firewalls = desk.check(yaml);
            usable = firewalls.stream().noneMatch(PolicyRoutes::isError);
            views = firewalls.stream().map(PolicyRoutes::view).toList();
        }
        return Answer.ok(new CheckView(usable, usable ? PolicyText.hash(yaml) : null, views));
    }

    private static List<ProblemView> views(List<Problem> problems) {
        return PolicyText.problems(problems).stream().map(ProblemView::of).toList();
    }

    private static boolean isError(io.sluice.control.v1.Problem p) {
        return p.getSeverity() == io.sluice.control.v1.Problem.Severity.ERROR;
    }

    private static ProblemView view(io.sluice.control.v1.Problem p) {
        return ProblemView.of(new Refused.Problem(!isError(p), p.getLine(), p.getColumn(), p.getText()));
    }

    private record PermissionChange(String kind, @Nullable String conduit, String from, String to, String what,
            @Nullable String example, boolean danger) {
        static PermissionChange of(PolicyDiff.Change c) {
            return new PermissionChange(c.kind().name().toLowerCase(Locale.ROOT),
                    c.conduit().isEmpty() ? null : c.conduit(), c.from(), c.to(), c.what(),
                    c.example().isEmpty() ? null : c.example(), c.danger());
        }
    }

    private record DiffView(List<ProblemView> problems, boolean differs, @Nullable String summary,
            List<PermissionChange> changes, @Nullable String oldYaml) {}

    private Answer diff(Call call) throws Refused {
        Draft draft = call.body(Draft.class);
        PolicyText.Sound before = draft.against() == null ? desk.judging() : desk.byHash(draft.against());
        PolicyText text = PolicyText.of(draft.yaml());
        List<ProblemView> problems = views(PolicyText.check(text));
        return switch (text) {
            case PolicyText.Unsound _ -> Answer.ok(new DiffView(problems, true, null, List.of(), before.yaml()));
            case PolicyText.Sound after -> {
                PolicyDiff diff = PolicyDiff.between(before, after);
                yield Answer.ok(new DiffView(problems, !diff.changes().isEmpty(), diff.summary(),
                        diff.changes().stream().map(PermissionChange::of).toList(), before.yaml()));
            }
        };
    }

    private record StagedView(@Nullable String yaml, @Nullable String note, @Nullable String base,
            @Nullable String at) {}

    private Answer draft(Call call) {
        Optional<Drafts.Draft> staged = drafts.of(call.who());
        return Answer.ok(staged.map(d -> new StagedView(d.yaml(), d.note(), d.base().isEmpty() ? null : d.base(),
                Json.time(d.atMillis()))).orElse(new StagedView(null, null, null, null)));
    }

    private Answer stage(Call call) throws Refused {
        Draft draft = call.body(Draft.class);
        String base = draft.against() == null
                ? watch.last().status().map(s -> s.getActive().getHash()).orElse("")
                : draft.against();
        drafts.stage(call.who(), draft.yaml(), draft.note() == null ? "" : draft.note(), base);
        return Answer.done();
    }

    private Answer drop(Call call) {
        drafts.drop(call.who());
        return Answer.done();
    }

    private record Apply(String yaml, @Nullable Integer confirmWithinSeconds, @Nullable String note) {}

    private record AppliedView(StatusView.@Nullable Policy applied, List<ProblemView> problems,
            @Nullable Long flowsEnded) {}

    private Answer apply(Call call) throws Refused {
        Apply wanted = call.body(Apply.class);
        int seconds = wanted.confirmWithinSeconds() == null ? CONFIRM_SECONDS : wanted.confirmWithinSeconds();
        String note = wanted.note() == null ? "" : wanted.note().strip();
        ApplyPolicyResponse answer = desk.apply(wanted.yaml(), seconds, who(call, note));
        if (answer.hasApplied()) {
            diary.note("policy-applied", call.who(), Map.of("hash", answer.getApplied().getHash(), "seconds",
                    Integer.toString(seconds), "note", note));
            if (!note.isEmpty()) {
                notes.keep(answer.getApplied().getHash(), call.who(), note);
            }
            drafts.drop(call.who());
            watch.now();
        }
        return Answer.ok(new AppliedView(
                answer.hasApplied() ? StatusView.Policy.of(answer.getApplied()) : null,
                answer.getProblemsList().stream().map(PolicyRoutes::view).toList(),
                answer.hasFlowsEnded() ? answer.getFlowsEnded() : null));
    }

    /** As history and journal have it. */
    private static String who(Call call, String note) {
        String who = call.who() + (note.isEmpty() ? "" : ", " + note.replaceAll("\\s+", " "));
        return who.length() <= LONGEST_WHO ? who : who.substring(0, LONGEST_WHO);
    }

    private record Hash(String hash) {}

    private Answer confirm(Call call) throws Refused {
        String hash = call.body(Hash.class).hash();
        var active = desk.confirm(hash, call.who());
        diary.note("policy-confirmed", call.who(), Map.of("hash", hash));
        watch.now();
        return Answer.ok(StatusView.Policy.of(active));
    }

    private Answer rollBack(Call call) throws Refused {
        var active = desk.rollBack(call.who());
        diary.note("policy-rolled-back", call.who(), Map.of("to", active.getHash()));
        watch.now();
        return Answer.ok(StatusView.Policy.of(active));
    }
}
