package io.sluice.manage.route;

import io.sluice.manage.Diary;
import io.sluice.manage.Refused;
import io.sluice.manage.firewall.Captures;
import io.sluice.manage.firewall.ReplayJob;
import io.sluice.manage.firewall.ReplayMessage;
import io.sluice.manage.firewall.Replays;
import io.sluice.manage.http.Answer;
import io.sluice.manage.http.Call;
import io.sluice.manage.http.Json;
import io.sluice.manage.http.Operations;
import io.sluice.replay.InputSummary;
import io.sluice.replay.Report;
import io.sluice.replay.ReportLanguage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Recordings, and what policies make of them. */
public final class ReplayRoutes implements Operations.Part {
    private final Captures captures;
    private final Replays replays;
    private final Diary diary;

    ReplayRoutes(Captures captures, Replays replays, Diary diary) {
        this.captures = captures;
        this.replays = replays;
        this.diary = diary;
    }

    @Override
    public void register(Operations operations) {
        operations.on("listCaptures", _ -> Answer.ok(captures.list().stream().map(CaptureView::of).toList()))
                .on("uploadCapture", this::upload).on("removeCapture", this::remove)
                .on("saveExpectation", this::expectations).on("startReplay", this::start)
                .on("getReplay", call -> Answer.ok(view(replays.find(call.text("id")))))
                .on("cancelReplay", this::cancel)
                .on("listReplayMessages", this::messages).on("getReplayReport", this::report);
    }

    private record CaptureView(String id, String name, long bytes, String at, String who) {
        static CaptureView of(Captures.Stored c) {
            return new CaptureView(c.id(), c.name(), c.bytes(), Json.time(c.atMillis()), c.who());
        }
    }

    private Answer upload(Call call) throws Refused {
        Captures.Stored stored = captures.take(call.text("name"), call.who(), call.upload());
        diary.note("capture-uploaded", call.who(), Map.of("name", stored.name(), "bytes",
                Long.toString(stored.bytes())));
        return Answer.made(201, CaptureView.of(stored));
    }

    private Answer remove(Call call) throws Refused {
        String name = captures.find(call.text("id")).name();
        captures.remove(call.text("id"));
        diary.note("capture-removed", call.who(), Map.of("name", name));
        return Answer.done();
    }

    private record Draft(String yaml) {}

    private Answer expectations(Call call) throws Refused {
        return Answer.text("application/yaml; charset=utf-8",
                replays.expectations(call.text("id"), call.body(Draft.class).yaml()));
    }

    private record ReplayRequest(String capture, @Nullable String yaml, @Nullable String baseline,
            @Nullable Map<String, String> mapping) {}

    private Answer start(Call call) throws Refused {
        ReplayRequest wanted = call.body(ReplayRequest.class);
        Map<String, String> zones = new LinkedHashMap<>();
        if (wanted.mapping() != null) {
            // Both ways round are understood: an address has a dot or a colon, and a zone's name begins with a letter.
            wanted.mapping().forEach((a, b) -> {
                boolean network = io.sluice.rules.policy.Network.parse(a).isPresent();
                zones.put(network ? a : b, network ? b : a);
            });
        }
        ReplayJob job = replays.start(new Replays.Wanted(wanted.capture(), Optional.ofNullable(wanted.yaml()),
                Optional.ofNullable(wanted.baseline()), zones));
        return Answer.made(202, view(job));
    }

    private Answer cancel(Call call) throws Refused {
        replays.cancel(call.text("id"));
        return Answer.done();
    }

    private record ConduitView(String conduit, long allowed, long denied, long changed) {}

    private record RuleView(String rule, @Nullable String conduit, long messages) {}

    private record AnomalyView(String what, long count, @Nullable String example) {}

    private record ResultView(long frames, long messages, long denied, long changed, @Nullable String first,
            @Nullable String last, List<ConduitView> conduits, List<RuleView> rules, List<AnomalyView> anomalies,
            List<String> notes) {}

    private record JobView(String id, String state, double done, @Nullable String sentence,
            @Nullable ResultView result) {}

    private static JobView view(ReplayJob job) {
        return new JobView(job.id(), job.state().name().toLowerCase(Locale.ROOT), job.done(),
                job.sentence().isEmpty() ? null : job.sentence(),
                job.report().map(report -> result(job, report)).orElse(null));
    }

    private static ResultView result(ReplayJob job, Report report) {
        List<ConduitView> conduits = new ArrayList<>();
        job.conduits().forEach((name, sums) -> conduits.add(new ConduitView(name.isEmpty() ? "-" : name, sums[0],
                sums[1], sums[2])));
        List<RuleView> rules = new ArrayList<>();
        job.rules().forEach((key, count) -> {
            int feed = key.indexOf('\n');
            rules.add(new RuleView(key.substring(feed + 1), feed == 0 ? null : key.substring(0, feed), count));
        });
        List<AnomalyView> anomalies = new ArrayList<>();
        report.anomalies().forEach(a -> anomalies.add(new AnomalyView(a.sentence(), a.count(), "frame "
                + a.firstFrame())));
        report.causes().forEach(c -> anomalies.add(new AnomalyView(c.sentence(), c.count(), "frame "
                + c.firstFrame())));
        List<String> notes = new ArrayList<>(report.placing());
        report.inputs().forEach(input -> input.troubles().forEach(t -> notes.add(String.valueOf(t))));
        Optional<InputSummary> input = report.inputs().stream().filter(i -> i.packets() > 0).findFirst();
        return new ResultView(report.totals().packets(), report.totals().messages(), report.totals().denied(),
                job.changed(), input.map(i -> Json.timeOfNanos(i.firstNanos())).orElse(null),
                input.map(i -> Json.timeOfNanos(i.lastNanos())).orElse(null), conduits, rules, anomalies, notes);
    }

    private record MessageView(long frame, @Nullable String at, @Nullable String conduit, String source,
            String destination, String does, String verdict, @Nullable String before, @Nullable String rule,
            String reason, @Nullable String detail) {
        static MessageView of(ReplayMessage m) {
            return new MessageView(m.frame(), m.at(), m.conduit(), m.source(), m.destination(), m.does(), m.verdict(),
                    m.before(), m.rule(), m.reason(), m.detail());
        }
    }

    private record MessagesView(List<MessageView> messages, int total) {}

    private Answer messages(Call call) throws Refused {
        Predicate<ReplayMessage> chosen = switch (call.text("only")) {
            case "denied" -> ReplayMessage::denied;
            case "changed" -> ReplayMessage::changed;
            default -> _ -> true;
        };
        Optional<String> conduit = call.find("conduit");
        if (conduit.isPresent()) {
            String name = conduit.get().equals("-") ? "" : conduit.get();
            chosen = chosen.and(m -> name.equals(m.conduit() == null ? "" : m.conduit()));
        }
        var page = replays.find(call.text("id")).page(chosen, (int) call.number("offset"), (int) call.number("limit"));
        return Answer.ok(new MessagesView(page.messages().stream().map(MessageView::of).toList(), page.total()));
    }

    private Answer report(Call call) throws Refused {
        ReportLanguage language = call.text("language").equals("de") ? ReportLanguage.DE : ReportLanguage.EN;
        return Answer.file("text/html; charset=utf-8", "replay.html",
                replays.find(call.text("id")).page(language));
    }
}
