package io.sluice.manage.export;

import io.sluice.manage.alerts.Alert;
import io.sluice.manage.event.Event;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Messages of RFC 5424, in UTF-8: what happened as a sentence, and who, where and why as structured data. */
final class SyslogFormat implements Format {
    /** The number is that of examples and private use, RFC 5612. */
    private static final String ID = "sluice@32473";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'",
            Locale.ROOT).withZone(ZoneOffset.UTC);

    private final String host;

    SyslogFormat(String host) {
        this.host = printable(host, 255);
    }

    @Override
    public byte[] event(Event e) {
        StringBuilder data = new StringBuilder("[").append(ID);
        parameter(data, "id", Long.toString(e.id()));
        parameter(data, "port", e.port());
        parameter(data, "src", e.source().address());
        parameter(data, "spt", e.source().port() < 0 ? "" : Integer.toString(e.source().port()));
        parameter(data, "from", e.source().place());
        parameter(data, "dst", e.destination().address());
        parameter(data, "dpt", e.destination().port() < 0 ? "" : Integer.toString(e.destination().port()));
        parameter(data, "to", e.destination().place());
        parameter(data, "proto", e.protocol().isEmpty() ? e.transport() : e.protocol());
        parameter(data, "verdict", e.judgement().verdict().word());
        parameter(data, "enforced", Boolean.toString(e.judgement().enforced()));
        parameter(data, "reason", e.judgement().reason());
        parameter(data, "rule", e.judgement().rule());
        parameter(data, "conduit", e.judgement().conduit());
        parameter(data, "person", e.person());
        parameter(data, "count", e.repeated().count() == 0 ? "" : Long.toString(e.repeated().count()));
        return message(SyslogSeverity.of(e), e.time(), e.type().word(), data.append(']').toString(), e.sentence());
    }

    @Override
    public Optional<byte[]> alert(Alert a) {
        StringBuilder data = new StringBuilder("[").append(ID);
        parameter(data, "alert", a.id());
        parameter(data, "kind", a.kind().word());
        parameter(data, "src", a.source());
        parameter(data, "dst", a.destination());
        parameter(data, "filter", a.filter());
        return Optional.of(message(SyslogSeverity.of(a), a.last(), "inbox", data.append(']').toString(),
                a.title() + ": " + a.explanation()));
    }

    /** Any text as a message of its own, such as CEF. */
    static Format wrapping(String host, Function<Event, String> events, Function<Alert, String> alerts) {
        SyslogFormat syslog = new SyslogFormat(host);
        return new Format() {
            @Override
            public byte[] event(Event e) {
                return syslog.message(SyslogSeverity.of(e), e.time(), e.type().word(), "-", events.apply(e));
            }

            @Override
            public Optional<byte[]> alert(Alert a) {
                return Optional.of(syslog.message(SyslogSeverity.of(a), a.last(), "inbox", "-", alerts.apply(a)));
            }
        };
    }

    private byte[] message(SyslogSeverity severity, Instant time, String type, String data, String text) {
        return ("<" + severity.priority() + ">1 " + TIME.format(time) + " " + host + " sluice - " + printable(type, 32)
                + " " + data + " " + text.replaceAll("\\p{Cntrl}", " ")).getBytes(StandardCharsets.UTF_8);
    }

    /** RFC 5424 §6.3.3: quote, backslash and closing bracket are escaped in a value. */
    private static void parameter(StringBuilder data, String name, String value) {
        if (value.isEmpty()) {
            return;
        }
        data.append(' ').append(name).append("=\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\' || c == ']') {
                data.append('\\');
            }
            data.append(Character.isISOControl(c) ? ' ' : c);
        }
        data.append('"');
    }

    /** §6: printable ASCII without blanks; {@code -} for nothing. */
    private static String printable(String text, int most) {
        String clean = text.replaceAll("[^!-~]", "");
        return clean.isEmpty() ? "-" : clean.substring(0, Math.min(most, clean.length()));
    }
}
