package io.sluice.manage.assets;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The inventory as a file for other tools. */
public final class InventoryExport {
    private static final List<String> COLUMNS = List.of("id", "name", "zone", "group", "addresses", "macs", "protocols",
            "roles", "known", "first_seen", "last_seen", "identified_by", "identification", "note");

    private InventoryExport() {}

    /** RFC 4180: commas, quotes where needed, lines end with CR LF. Lists are joined by a blank. */
    public static String csv(List<Asset> assets) {
        StringBuilder csv = new StringBuilder();
        row(csv, COLUMNS);
        for (Asset a : assets) {
            row(csv, List.of(a.id(), a.name(), a.zone(), a.group(), String.join(" ", a.addresses()),
                    String.join(" ", a.macs()), String.join("; ", a.protocols()), roles(a), a.known() ? "yes" : "no",
                    time(a.firstSeen()), time(a.lastSeen()),
                    a.identification().known() ? a.identification().how().word() : "",
                    pairs(a.identification().values()), a.note()));
        }
        return csv.toString();
    }

    private static void row(StringBuilder csv, List<String> cells) {
        StringJoiner row = new StringJoiner(",", "", "\r\n");
        cells.forEach(cell -> row.add(cell(cell)));
        csv.append(row);
    }

    /**
     * A spreadsheet runs a cell that begins with one of {@code = + - @}, a tab or a carriage return as a formula, and devices choose
     * what they call themselves: such a cell gets an apostrophe in front, which spreadsheets take for "this is text".
     */
    static String cell(String text) {
        boolean formula = !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0;
        String safe = formula ? "'" + text : text;
        boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n' || c == ';');
        return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }

    private static String roles(Asset a) {
        StringJoiner roles = new StringJoiner(" ");
        a.roles().forEach(r -> roles.add(r.name().toLowerCase(Locale.ROOT)));
        return roles.toString();
    }

    private static String pairs(Map<String, String> values) {
        StringJoiner pairs = new StringJoiner("; ");
        new TreeMap<>(values).forEach((name, value) -> pairs.add(name + "=" + value));
        return pairs.toString();
    }

    private static String time(@Nullable Instant time) {
        return time == null ? "" : time.toString();
    }

    /** Assets and relations, as the server's API has them. */
    public static String json(List<Asset> assets, List<Relation> relations) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            json.writeArrayFieldStart("assets");
            for (Asset a : assets) {
                asset(json, a);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("relations");
            for (Relation r : relations) {
                relation(json, r);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.append('\n').toString();
    }

    private static void asset(JsonGenerator json, Asset a) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", a.id());
        json.writeStringField("name", a.name());
        json.writeStringField("zone", a.zone());
        json.writeStringField("group", a.group());
        texts(json, "addresses", a.addresses());
        texts(json, "macs", a.macs());
        texts(json, "protocols", a.protocols());
        texts(json, "roles", a.roles().stream().map(r -> r.name().toLowerCase(Locale.ROOT)).toList());
        json.writeBooleanField("known", a.known());
        json.writeStringField("firstSeen", time(a.firstSeen()));
        json.writeStringField("lastSeen", time(a.lastSeen()));
        json.writeObjectFieldStart("identification");
        json.writeStringField("how", a.identification().how().word());
        for (Map.Entry<String, String> value : new TreeMap<>(a.identification().values()).entrySet()) {
            json.writeStringField(value.getKey(), value.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("uses");
        for (Asset.Used u : a.uses()) {
            json.writeStartObject();
            json.writeStringField("protocol", u.protocol());
            json.writeStringField("does", u.does());
            json.writeStringField("role", u.role().name().toLowerCase(Locale.ROOT));
            json.writeNumberField("count", u.count());
            json.writeNumberField("denied", u.denied());
            json.writeStringField("lastSeen", u.lastSeen().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("note", a.note());
        json.writeEndObject();
    }

    private static void relation(JsonGenerator json, Relation r) throws IOException {
        json.writeStartObject();
        json.writeStringField("source", r.source());
        json.writeStringField("destination", r.destination());
        json.writeStringField("protocol", r.protocol());
        json.writeStringField("conduit", r.conduit());
        texts(json, "functions", r.functions());
        json.writeNumberField("messages", r.messages());
        json.writeNumberField("denied", r.denied());
        json.writeStringField("firstSeen", r.firstSeen().toString());
        json.writeStringField("lastSeen", r.lastSeen().toString());
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
