package io.sluice.manage.export;

import io.sluice.manage.alerts.Alert;
import io.sluice.manage.event.Event;
import io.sluice.manage.event.Judgement.Verdict;

/** ArcSight's Common Event Format, revision 25: {@code CEF:0|vendor|product|version|class|name|severity|extension}. */
final class Cef {
    private static final String VERSION = "1";

    private Cef() {}

    static String event(Event e) {
        String kind = e.alert().number() < 0 ? e.type().word() : Integer.toString(e.alert().number());
        StringBuilder text = head(kind, name(e), SyslogSeverity.of(e).cef());
        pair(text, "rt", Long.toString(Math.floorDiv(e.micros(), 1000L)));
        pair(text, "externalId", Long.toString(e.id()));
        pair(text, "deviceInboundInterface", e.port());
        pair(text, "src", e.source().address());
        pair(text, "spt", e.source().port() < 0 ? "" : Integer.toString(e.source().port()));
        pair(text, "shost", e.source().place());
        pair(text, "dst", e.destination().address());
        pair(text, "dpt", e.destination().port() < 0 ? "" : Integer.toString(e.destination().port()));
        pair(text, "dhost", e.destination().place());
        pair(text, "proto", e.transport());
        pair(text, "app", e.protocol());
        pair(text, "act", action(e));
        pair(text, "outcome", e.judgement().blocked() ? "failure" : "success");
        pair(text, "reason", e.judgement().reason());
        pair(text, "suser", e.person());
        pair(text, "cnt", e.repeated().count() == 0 ? "" : Long.toString(e.repeated().count()));
        labelled(text, 1, "rule", e.judgement().rule());
        labelled(text, 2, "conduit", e.judgement().conduit());
        labelled(text, 3, "policy", e.judgement().policy());
        pair(text, "msg", e.sentence());
        return text.toString();
    }

    static String alert(Alert a) {
        StringBuilder text = head(a.kind().word(), a.title(), SyslogSeverity.of(a).cef());
        pair(text, "rt", Long.toString(a.last().toEpochMilli()));
        pair(text, "externalId", a.id());
        pair(text, a.source().matches("[0-9a-f.:]+") ? "src" : "shost", a.source());
        pair(text, a.destination().matches("[0-9a-f.:]+") ? "dst" : "dhost", a.destination());
        pair(text, "cnt", Long.toString(a.count()));
        pair(text, "start", Long.toString(a.first().toEpochMilli()));
        pair(text, "end", Long.toString(a.last().toEpochMilli()));
        labelled(text, 1, "filter", a.filter());
        pair(text, "msg", a.explanation());
        return text.toString();
    }

    private static String name(Event e) {
        return e.alert().signature().isEmpty() ? e.sentence() : e.alert().signature();
    }

    private static String action(Event e) {
        return e.judgement().verdict() == Verdict.NONE
                ? ""
                : e.judgement().blocked()
                        ? "blocked"
                        : e.judgement().verdict() == Verdict.DENY ? "monitored" : "allowed";
    }

    private static StringBuilder head(String kind, String name, int severity) {
        return new StringBuilder("CEF:0|Sluice|Sluice|").append(VERSION).append('|').append(header(kind)).append('|')
                .append(header(name.length() > 512 ? name.substring(0, 512) : name)).append('|').append(severity)
                .append('|');
    }

    private static void labelled(StringBuilder text, int number, String label, String value) {
        if (!value.isEmpty()) {
            pair(text, "cs" + number + "Label", label);
            pair(text, "cs" + number, value);
        }
    }

    private static void pair(StringBuilder text, String key, String value) {
        if (!value.isEmpty()) {
            text.append(text.charAt(text.length() - 1) == '|' ? "" : " ").append(key).append('=')
                    .append(extension(value));
        }
    }

    /** In the header a bar and a backslash are escaped, and there are no lines. */
    static String header(String text) {
        return text.replace("\\", "\\\\").replace("|", "\\|").replaceAll("\\p{Cntrl}", " ");
    }

    /** In the extension an equals sign and a backslash are escaped, and lines end with {@code \n}. */
    static String extension(String text) {
        return text.replace("\\", "\\\\").replace("=", "\\=").replace("\r\n", "\n").replace("\r", "\n")
                .replace("\n", "\\n").replaceAll("\\p{Cntrl}", " ");
    }
}
