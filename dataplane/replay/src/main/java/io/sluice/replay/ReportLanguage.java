package io.sluice.replay;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The language in which a page speaks to people. Words of policies and protocols stay as they are, and so do the sentences
 * that explain what is wrong with frames and messages, which are the same in logs and documentation.
 */
public enum ReportLanguage {
    EN,
    DE;

    private record Pair(Pattern english, String german) {
        static Pair of(String english, String german) {
            return new Pair(Pattern.compile(english), german);
        }
    }

    private static final Map<String, String> GERMAN = Map.ofEntries(
            Map.entry("Sluice replay", "Sluice replay"),
            Map.entry("Contents", "Inhalt"),
            Map.entry("In short", "Kurz gesagt"),
            Map.entry("Who talks to whom", "Wer mit wem spricht"),
            Map.entry("What would be blocked, and for whom", "Was gesperrt w\u00fcrde, und f\u00fcr wen"),
            Map.entry("What was blocked, and for whom", "Was gesperrt wurde, und f\u00fcr wen"),
            Map.entry("What changes from the baseline", "Was sich gegen\u00fcber der Vergleichspolicy \u00e4ndert"),
            Map.entry("Summary", "\u00dcberblick"), Map.entry("Conduits", "Conduits"),
            Map.entry("Without a conduit", "Ohne Conduit"), Map.entry("Lost sight", "Nicht lesbar"),
            Map.entry("Anomalies", "Auff\u00e4lligkeiten"), Map.entry("Effects", "Wirkung"),
            Map.entry("Other frames", "Andere Rahmen"), Map.entry("Changes", "\u00c4nderungen"),
            Map.entry("Policy", "Policy"), Map.entry("Baseline", "Vergleich"), Map.entry("Mode", "Modus"),
            Map.entry("Profile", "Profil"), Map.entry("Places from", "Orte aus"), Map.entry("Traffic", "Verkehr"),
            Map.entry("Judged", "Beurteilt"), Map.entry("Not judged", "Nicht beurteilt"),
            Map.entry("Captures", "Aufzeichnungen"), Map.entry("capture", "Aufzeichnung"),
            Map.entry("packets", "Pakete"), Map.entry("bytes", "Bytes"), Map.entry("frames", "Rahmen"),
            Map.entry("frame", "Rahmen"), Map.entry("time", "Zeit"), Map.entry("count", "Anzahl"),
            Map.entry("verdict", "Urteil"), Map.entry("operation", "Vorgang"), Map.entry("rule", "Regel"),
            Map.entry("why", "Grund"), Map.entry("service", "Dienst"), Map.entry("flows", "Verbindungen"),
            Map.entry("cause", "Ursache"), Map.entry("reason", "Grund"), Map.entry("meaning", "Bedeutung"),
            Map.entry("anomaly", "Auff\u00e4lligkeit"), Map.entry("dataplane", "Datenpfad"), Map.entry("what", "was"),
            Map.entry("before", "vorher"), Map.entry("now", "jetzt"), Map.entry("from \u2192 to", "von \u2192 nach"),
            Map.entry("who", "wer"), Map.entry("whom", "wen"), Map.entry("how often", "wie oft"),
            Map.entry("first seen", "zuerst in"),
            Map.entry("Verdicts by conduit", "Urteile je Conduit"),
            Map.entry(ReportWords.UNCLASSIFIED,
                    "Verkehr, den kein Conduit oder keine Regel erlaubt, meiste Bytes zuerst"),
            Map.entry(ReportWords.CAUSES, "Wo die Firewall nichts erkennen konnte"),
            Map.entry(ReportWords.ANOMALIES, "Auff\u00e4lligkeiten an Rahmen, Segmenten und Verbindungen"),
            Map.entry(ReportWords.OTHERS, "Andere Rahmen, die nicht nach Conduits beurteilt werden"),
            Map.entry(ReportWords.CHANGED, "Verglichen mit der Vergleichspolicy"),
            Map.entry("What was done", "Was getan wurde"),
            Map.entry("What the dataplane would have done", "Was der Datenpfad getan h\u00e4tte"),
            Map.entry("Frame numbers count from 1 through all captures in the order above. Times are UTC.",
                    "Rahmen z\u00e4hlen von 1 durch alle Aufzeichnungen in der Reihenfolge oben. Zeiten sind UTC."),
            Map.entry("requests judged", "beurteilte Anfragen"), Map.entry("may pass", "d\u00fcrfen passieren"),
            Map.entry("would be blocked", "w\u00fcrden gesperrt"), Map.entry("were blocked", "wurden gesperrt"),
            Map.entry("pairs of devices affected", "betroffene Paare von Ger\u00e4ten"),
            Map.entry("connections without a rule", "Verbindungen ohne Regel"),
            Map.entry("newly blocked", "neu gesperrt"), Map.entry("newly allowed", "neu erlaubt"),
            Map.entry("Nothing in these recordings would be blocked.",
                    "Nichts in diesen Aufzeichnungen w\u00fcrde gesperrt."),
            Map.entry("Nothing in these recordings was blocked.", "Nichts in diesen Aufzeichnungen wurde gesperrt."),
            Map.entry("Nothing could be judged: see below what to do.",
                    "Nichts konnte beurteilt werden: unten steht, was zu tun ist."),
            Map.entry("The policy does not enforce yet: this is what enforcing it would do.",
                    "Die Policy setzt noch nichts durch: dies ist, was ihre Durchsetzung bewirkte."),
            Map.entry("It says nothing about traffic that is not in these recordings.",
                    "Dies sagt nichts \u00fcber Verkehr, der nicht in diesen Aufzeichnungen ist."),
            Map.entry("no packets", "keine Pakete"),
            Map.entry("no rule permits this operation here", "keine Regel erlaubt diesen Vorgang hier"),
            Map.entry("no rule permits this function", "keine Regel erlaubt diese Funktion"),
            Map.entry("opaque: no rule permits this function", "nicht lesbar: keine Regel erlaubt diese Funktion"),
            Map.entry("outside the permitted values", "au\u00dferhalb der erlaubten Werte"),
            Map.entry("outside the permitted addresses", "au\u00dferhalb der erlaubten Adressen"),
            Map.entry("outside the permitted nodes", "au\u00dferhalb der erlaubten Knoten"),
            Map.entry("outside the permitted methods", "au\u00dferhalb der erlaubten Methoden"),
            Map.entry("outside the permitted ports", "au\u00dferhalb der erlaubten Ports"),
            Map.entry("its window is closed", "ihr Zeitfenster ist geschlossen"),
            Map.entry("its rate is used up", "ihre Rate ist ausgesch\u00f6pft"),
            Map.entry("denied by rule", "durch eine Regel verboten"),
            Map.entry("answers a refused request", "beantwortet eine abgelehnte Anfrage"),
            Map.entry("no conduit", "kein Conduit"), Map.entry("no rule allows it", "keine Regel erlaubt es"),
            Map.entry("allow", "erlaubt"), Map.entry("DENY", "VERBOTEN"),
            Map.entry("passes", "passiert"), Map.entry("dropped", "verworfen"),
            Map.entry("would be dropped", "w\u00fcrde verworfen"), Map.entry("by when_unsure", "nach when_unsure"),
            Map.entry("enforce", "enforce"), Map.entry("none: everything passes unchanged",
                    "keine: alles passiert unver\u00e4ndert"),
            Map.entry("observe: every message gets a verdict; what the dataplane would have done is listed apart",
                    "observe: jede Nachricht erh\u00e4lt ein Urteil; was der Datenpfad getan h\u00e4tte, steht f\u00fcr sich"),
            Map.entry("inline: exactly what the dataplane does; what is not judged does not pass",
                    "inline: genau das, was der Datenpfad tut; was nicht beurteilt wird, passiert nicht"),
            Map.entry("the contents cannot be read, and no rule names the function",
                    "der Inhalt ist nicht lesbar, und keine Regel nennt die Funktion"),
            Map.entry("a limit was reached", "eine Grenze wurde erreicht"),
            Map.entry("more pairs are in the tables below", "weitere Paare stehen in den Tabellen unten"));

    private static final String N = "([0-9\u00a0\u202f ]+)";

    private static final Map<String, String> GERMAN_CAUSES = Map.of("opaque", "nicht lesbar", "channel", "Kanal",
            "malformed", "fehlerhaft", "midstream", "mitten im Verlauf", "overload", "\u00fcberlastet", "grant",
            "Sitzung");
    private static final Pattern CAUSE = Pattern.compile("(opaque|channel|malformed|midstream|overload|grant): (.*)");

    private static final List<Pair> GERMAN_SENTENCES = List.of(
            Pair.of("Replay under policy (.*)", "Replay unter Policy $1"), Pair.of("Policy (.*)", "Policy $1"),
            Pair.of(N + " of " + N + " requests \\((.*) %\\) would be blocked\\.",
                    "$1 von $2 Anfragen ($3 %) w\u00fcrden gesperrt."),
            Pair.of(N + " of " + N + " requests \\((.*) %\\) were blocked\\.",
                    "$1 von $2 Anfragen ($3 %) wurden gesperrt."),
            Pair.of(N + " of " + N + " requests? allowed, " + N + " denied; " + N
                    + " flows? without a conduit or a rule\\.",
                    "$1 von $2 Anfragen erlaubt, $3 abgelehnt; $4 Verbindungen ohne Conduit oder Regel."),
            Pair.of(N + " of " + N + " requests? allowed, " + N + " denied; " + N
                    + " flows? without a conduit or a rule; " + N + " verdicts? changed\\.",
                    "$1 von $2 Anfragen erlaubt, $3 abgelehnt; $4 Verbindungen ohne Conduit oder Regel; $5 Urteile"
                            + " ge\u00e4ndert."),
            Pair.of(N + " packets?, " + N + " bytes?; " + N + " TCP flows?, " + N + " other flows?",
                    "$1 Pakete, $2 Bytes; $3 TCP-Verbindungen, $4 andere"),
            Pair.of(N + " requests?: " + N + " allowed, " + N + " denied; " + N + " answers?: " + N + " allowed, " + N
                    + " denied", "$1 Anfragen: $2 erlaubt, $3 abgelehnt; $4 Antworten: $5 erlaubt, $6 abgelehnt"),
            Pair.of(N + " bytes? of inspected streams are missing from the captures or were skipped, unjudged",
                    "$1 Bytes gepr\u00fcfter Verbindungen fehlen oder wurden unbeurteilt \u00fcbersprungen"),
            Pair.of("(.*) to (.*) UTC, (.*)", "$1 bis $2 UTC, $3"),
            Pair.of("(conduits? .*): " + N + " allowed, " + N + " denied", "$1: $2 erlaubt, $3 abgelehnt"),
            Pair.of(N + " allowed, " + N + " denied", "$1 erlaubt, $2 abgelehnt"),
            Pair.of("e\\.g\\. (.*)", "z. B. $1"),
            Pair.of("(monitor|learn): verdicts are reported, nothing is held up",
                    "$1: Urteile werden gemeldet, nichts wird aufgehalten"),
            Pair.of("mode (.*) reports and changes nothing", "Modus $1 meldet und \u00e4ndert nichts"),
            Pair.of(N + " messages? (?:would be )?refused by an answer in the protocol's own words",
                    "$1 Nachrichten: Ablehnung durch eine Antwort des Protokolls"),
            Pair.of(N + " messages? (?:would be )?refused by ending the connection \\(RST to both ends\\)",
                    "$1 Nachrichten: Ablehnung durch Beenden der Verbindung (RST an beide Seiten)"),
            Pair.of(N + " messages? (?:would be )?refused by silence", "$1 Nachrichten: Ablehnung durch Schweigen"),
            Pair.of(N + " frames? (?:would be )?dropped for an anomaly", "$1 Rahmen: verworfen wegen einer"
                    + " Auff\u00e4lligkeit"),
            Pair.of("channel: the conduit demands another (.*)", "Kanal: das Conduit verlangt etwas anderes: $1"),
            Pair.of("denied by (.*)", "verboten durch $1"),
            Pair.of("and " + N + " more rows?; --format json lists all of them",
                    "und $1 weitere Zeilen; --format json nennt alle"),
            Pair.of("No verdict differs from the baseline `(.*)` \\(" + N + " verdicts? compared\\)\\.",
                    "Kein Urteil weicht von der Vergleichspolicy `$1` ab ($2 Urteile verglichen)."),
            Pair.of(N + " verdicts? of " + N + " differs? from the baseline `(.*)`\\.",
                    "$1 von $2 Urteilen weichen von der Vergleichspolicy `$3` ab."),
            Pair.of("Operations from (.*) to (.*)", "Vorg\u00e4nge von $1 nach $2"),
            Pair.of("addresses of " + N + " assets", "Adressen von $1 Ger\u00e4ten"),
            Pair.of("networks of the zones (.*)", "Netze der Zonen $1"));

    /** A phrase of the page in this language; what has no translation stays as it is. */
    String of(String english) {
        if (this == EN) {
            return english;
        }
        String whole = GERMAN.get(english);
        if (whole != null) {
            return whole;
        }
        Matcher cause = CAUSE.matcher(english);
        if (cause.matches() && GERMAN.containsKey(cause.group(2))) {
            return GERMAN_CAUSES.get(cause.group(1)) + ": " + GERMAN.get(cause.group(2));
        }
        for (Pair pair : GERMAN_SENTENCES) {
            Matcher m = pair.english.matcher(english);
            if (m.matches()) {
                return m.replaceAll(pair.german);
            }
        }
        return english;
    }

    /** For the {@code lang} attribute. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
