package io.sluice.manage.route;

import io.sluice.control.v1.PolicyInfo;
import io.sluice.control.v1.PortStatus;
import io.sluice.control.v1.StatusResponse;
import io.sluice.manage.firewall.StatusWatch.Seen;
import io.sluice.manage.http.Json;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The schema {@code Status} of the API document. */
record StatusView(String now, boolean reachable, String sentence, @Nullable String version, @Nullable String started,
        @Nullable String pipeline, @Nullable Boolean draining, @Nullable Policy active, @Nullable Policy pending,
        List<Port> ports, @Nullable Clock clock, @Nullable Flows flows, List<Verdicts> verdicts, List<Drops> drops,
        @Nullable Journal journal, @Nullable Memory memory, Index index, List<String> alarms, int openAlerts,
        @Nullable List<Task> tasks) {

    record Policy(String hash, String name, String mode, @Nullable String since, String who,
            @Nullable Double confirmWithinSeconds) {
        static Policy of(PolicyInfo info) {
            return new Policy(info.getHash(), info.getName(), info.getMode(),
                    info.getSinceNanos() == 0 ? null : Json.timeOfNanos(info.getSinceNanos()), info.getWho(),
                    info.hasConfirmWithinSeconds() ? info.getConfirmWithinSeconds() : null);
        }
    }

    record Port(String name, @com.fasterxml.jackson.annotation.JsonProperty("interface") String device, boolean mirror,
            String link, String backend, String why, long received, long receivedBytes, long sent, long sentBytes,
            long lost) {
        static Port of(PortStatus p) {
            return new Port(p.getName(), p.getInterface(), p.getMirror(), word(p.getLink()), p.getBackend(), p.getWhy(),
                    p.getReceived(), p.getReceivedBytes(), p.getSent(), p.getSentBytes(),
                    p.getRingFull() + p.getTruncated() + p.getNotSent());
        }
    }

    record Clock(boolean trusted, String note) {}

    record Flows(long live, long limit, long opened, long refused) {}

    record Verdicts(String conduit, String reason, boolean allowed, boolean enforced, long messages) {}

    record Drops(String cause, long frames) {}

    record Journal(String state, String folder, long entries, long bytes, long lost, String trouble) {}

    record Memory(long heapUsedBytes, long heapLimitBytes, @Nullable Long residentBytes) {}

    /** How the index of the journal stands. */
    record Index(String state, long events, long behind, @Nullable String trouble) {}

    record Task(String id, boolean done) {}

    /** What is known beside the firewall's own words. */
    record Beside(Index index, int openAlerts, List<Task> tasks) {}

    static StatusView of(Seen seen, Beside beside, Instant now) {
        return seen.status().map(s -> of(s, beside, now)).orElseGet(() -> new StatusView(Json.time(now), false,
                seen.sentence(), null, null, null, null, null, null, List.of(), null, null, List.of(), List.of(), null,
                null, beside.index(), List.of(seen.sentence()), beside.openAlerts(), beside.tasks()));
    }

    private static StatusView of(StatusResponse s, Beside beside, Instant now) {
        return new StatusView(Json.time(now), true, sentence(s), s.getVersion(), Json.timeOfNanos(s.getStartedNanos()),
                s.getPipeline(), s.getDraining(), Policy.of(s.getActive()),
                s.hasPending() ? Policy.of(s.getPending()) : null, s.getPortsList().stream().map(Port::of).toList(),
                new Clock(s.getClock().getTrusted(), s.getClock().getNote()),
                new Flows(s.getFlows().getLive(), s.getFlows().getLimit(), s.getFlows().getOpened(),
                        s.getFlows().getRefused()),
                s.getVerdictsList().stream().map(v -> new Verdicts(v.getConduit(), v.getReason(), v.getAllowed(),
                        v.getEnforced(), v.getMessages())).toList(),
                s.getDropsList().stream().map(d -> new Drops(d.getCause(), d.getFrames())).toList(),
                new Journal(word(s.getJournal().getState()), s.getJournal().getFolder(), s.getJournal().getEntries(),
                        s.getJournal().getBytes(), s.getJournal().getLost(), s.getJournal().getTrouble()),
                new Memory(s.getMemory().getHeapUsedBytes(), s.getMemory().getHeapLimitBytes(),
                        s.getMemory().hasResidentBytes() ? s.getMemory().getResidentBytes() : null),
                beside.index(), s.getAlarmsList(), beside.openAlerts(), beside.tasks());
    }

    private static String sentence(StatusResponse s) {
        String policy = s.hasPending()
                ? "policy `" + s.getPending().getName() + "` judges on trial"
                : "policy `" + s.getActive().getName() + "` judges";
        String mode = s.hasPending() ? s.getPending().getMode() : s.getActive().getMode();
        String alarms = s.getAlarmsCount() == 0
                ? "; nothing needs attention"
                : s.getAlarmsCount() == 1
                        ? "; " + s.getAlarms(0)
                        : "; " + s.getAlarmsCount() + " things need attention";
        return policy + (mode.equals("enforce") ? "" : ", but only in mode `" + mode + "`: nothing is refused")
                + alarms;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
