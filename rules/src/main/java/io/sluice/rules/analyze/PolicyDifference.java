package io.sluice.rules.analyze;

import io.sluice.rules.Relation;
import io.sluice.rules.Service;
import io.sluice.rules.analyze.RefusalComparison.Turn;
import io.sluice.rules.analyze.RelationComparison.Shift;
import io.sluice.rules.analyze.Statement.Kind;
import io.sluice.rules.policy.OnDeny;
import io.sluice.rules.space.Box;
import io.sluice.rules.space.Comparison.TooMany;
import io.sluice.rules.space.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares two policies over all that could be asked, exactly: each request whose verdict differs lies in one
 * statement, and no other request lies in any. Rates, and what is demanded of channels, are compared apart: a request
 * counts as allowed where some rate permits it at all, over a channel that is as demanded.
 */
public final class PolicyDifference {
    private static final int FROM = 0;
    private static final int TO = 1;

    private final Version before;
    private final Version after;
    private final Clock clock;
    private final List<Endpoint> endpoints;
    private final EndpointWords words;
    private final Map<Spoken, RequestSpace> spaces = new HashMap<>();
    private final Map<Shifted, List<Box>> shifts = new LinkedHashMap<>();
    private final Map<Facet, List<Box>> facets = new LinkedHashMap<>();
    private final Map<Turned, List<Box>> turns = new LinkedHashMap<>();

    /**
     * Two relations that meet.
     *
     * @param barredBefore services that a pair of places cannot use
     * @param barredAfter likewise
     * @param real whether both policies believe that the places are where they are
     */
    private record Meeting(Relation before, Relation after, List<Spoken> barredBefore, List<Spoken> barredAfter,
            boolean real) {}

    private record Shifted(Spoken spoken, Shift shift) {}

    /** What both refuse, but not alike. */
    private record Turned(Spoken spoken, Turn turn) {}

    /** A difference that is none of requests. */
    private record Facet(Spoken spoken, Kind kind, String before, String after) {}

    private PolicyDifference(Version before, Version after) {
        this.before = before;
        this.after = after;
        clock = new Clock(before.policy(), after.policy());
        endpoints = Endpoint.of(before, after);
        words = new EndpointWords(endpoints);
    }

    /** Everything in which two policies differ, grouped by who asks whom. */
    public static Differences between(Version before, Version after) throws TooMany {
        return new Differences(of(before, after).statements(), Settings.between(before.policy(), after.policy()));
    }

    static PolicyDifference of(Version before, Version after) throws TooMany {
        PolicyDifference difference = new PolicyDifference(before, after);
        difference.compare();
        return difference;
    }

    List<Endpoint> endpoints() {
        return endpoints;
    }

    /** The requests in which they differ in one set of words; the first two axes are the places, by their index. */
    Map<Shift, List<Box>> shifts(Spoken spoken) {
        Map<Shift, List<Box>> own = new LinkedHashMap<>();
        shifts.forEach((shifted, boxes) -> {
            if (shifted.spoken.equals(spoken)) {
                own.put(shifted.shift, Box.merged(boxes));
            }
        });
        return own;
    }

    private void compare() throws TooMany {
        Map<Meeting, List<Box>> meetings = new LinkedHashMap<>();
        for (int f = 0; f < endpoints.size(); f++) {
            for (int t = 0; t < endpoints.size(); t++) {
                meetings.computeIfAbsent(meeting(endpoints.get(f), endpoints.get(t)), m -> new ArrayList<>())
                        .add(new Box(List.of(Side.of(f), Side.of(t))));
            }
        }
        for (Map.Entry<Meeting, List<Box>> meeting : meetings.entrySet()) {
            compare(meeting.getKey(), Box.merged(meeting.getValue()));
        }
    }

    private Meeting meeting(Endpoint from, Endpoint to) {
        return new Meeting(before.compiled().relation(from.before(), to.before()),
                after.compiled().relation(from.after(), to.after()), barred(before, from.before(), to.before()),
                barred(after, from.after(), to.after()), from.isInBoth() && to.isInBoth());
    }

    private static List<Spoken> barred(Version version, int from, int to) {
        return version.compiled().relation(from, to).services().stream()
                .filter(s -> Witnesses.isBarred(version, s, from, to))
                .map(s -> new Spoken(Optional.of(s.protocol()), s.transport(), s.port())).toList();
    }

    private void compare(Meeting meeting, List<Box> places) throws TooMany {
        for (Spoken spoken : Spoken.of(meeting.before, meeting.after)) {
            RelationComparison comparison = new RelationComparison(spoken, space(spoken));
            if (!meeting.barredBefore.contains(spoken)) {
                comparison.add(meeting.before, meeting.after, false);
            }
            if (!meeting.barredAfter.contains(spoken)) {
                comparison.add(meeting.after, meeting.before, true);
            }
            comparison.shifts().forEach((shift, boxes) -> {
                List<Box> all = shifts.computeIfAbsent(new Shifted(spoken, shift), s -> new ArrayList<>());
                places.forEach(p -> boxes.forEach(b -> all.add(joined(p, b))));
            });
            if (meeting.real) {
                refusals(spoken, meeting, places);
            }
            (meeting.real ? facets(spoken, meeting) : List.<Facet>of()).forEach(f -> facets
                    .computeIfAbsent(f, x -> new ArrayList<>()).addAll(places));
        }
    }

    /** Where both look at the port alike and let anybody through at all. */
    private void refusals(Spoken spoken, Meeting meeting, List<Box> places) throws TooMany {
        boolean alike = (spoken.on(meeting.before) == null) == (spoken.on(meeting.after) == null);
        boolean known = !meeting.before.conduits().isEmpty() && !meeting.after.conduits().isEmpty();
        if (!alike || !known || meeting.barredBefore.contains(spoken) || meeting.barredAfter.contains(spoken)) {
            return;
        }
        new RefusalComparison(spoken, space(spoken)).add(before, meeting.before, meeting.after, false)
                .add(after, meeting.after, meeting.before, true).turns().forEach((turn, boxes) -> {
                    List<Box> all = turns.computeIfAbsent(new Turned(spoken, turn), t -> new ArrayList<>());
                    places.forEach(p -> boxes.forEach(b -> all.add(joined(p, b))));
                });
    }

    RequestSpace space(Spoken spoken) {
        return spaces.computeIfAbsent(spoken, s -> new RequestSpace(s.vocabulary(), s.protocol()
                .map(p -> new JointNames(before.compiled(), after.compiled(), p)).orElse(JointNames.none()), clock));
    }

    private static Box joined(Box places, Box requests) {
        List<Side> sides = new ArrayList<>(places.sides());
        sides.addAll(requests.sides());
        return new Box(sides);
    }

    private List<Facet> facets(Spoken spoken, Meeting meeting) {
        Service old = spoken.on(meeting.before);
        Service now = spoken.on(meeting.after);
        List<Facet> found = new ArrayList<>();
        add(found, spoken, Kind.INSPECTION, inspection(spoken, meeting.before), inspection(spoken, meeting.after));
        if (old != null && now != null) {
            add(found, spoken, Kind.CHANNEL, demands(old), demands(now));
        }
        boolean known = !meeting.before.conduits().isEmpty() && !meeting.after.conduits().isEmpty();
        if (known && (old == null) == (now == null)) {
            add(found, spoken, Kind.ON_DENY, word(old == null ? meeting.before.onDeny() : old.onDeny()),
                    word(now == null ? meeting.after.onDeny() : now.onDeny()));
        }
        String modeBefore = mode(meeting.before, old, before);
        String modeAfter = mode(meeting.after, now, after);
        boolean own = !modeBefore.equals(mode(meeting.before, null, before))
                || !modeAfter.equals(mode(meeting.after, null, after));
        if (own || spoken.equals(Spoken.PLAIN)) {
            add(found, spoken, Kind.MODE, modeBefore, modeAfter);
        }
        return found;
    }

    private static String mode(Relation relation, @Nullable Service service, Version version) {
        return (service == null ? relation.modeTimes() : service.mode()).text(version.policy().timezone());
    }

    private static void add(List<Facet> facets, Spoken spoken, Kind kind, String before, String after) {
        boolean told = !before.isEmpty() && !after.isEmpty();
        if (told && !before.equals(after)) {
            facets.add(new Facet(spoken, kind, before, after));
        }
    }

    /** How a port is looked at where anything on it can pass; empty where nothing can. */
    private static String inspection(Spoken spoken, Relation relation) {
        Service service = spoken.on(relation);
        if (service != null) {
            return "inspected as " + service.protocol().name();
        }
        boolean passes = spoken.protocol().isPresent()
                && spoken.plainClauses(relation).stream().anyMatch(c -> !c.term().deny());
        return passes ? "not inspected" : "";
    }

    private static String demands(Service service) {
        List<String> texts = service.demands().texts();
        return texts.isEmpty() ? "any" : String.join(", ", texts);
    }

    private static String word(OnDeny onDeny) {
        return onDeny.name().toLowerCase(Locale.ROOT);
    }

    List<Statement> statements() {
        Witnesses witnesses = new Witnesses(before, after);
        List<Statement> statements = new ArrayList<>();
        shifts.forEach((shifted, boxes) -> {
            for (Box box : Box.merged(boxes)) {
                statements.add(statement(shifted, box, witnesses));
            }
        });
        turns.forEach((turned, boxes) -> {
            for (Box box : Box.merged(boxes)) {
                statements.add(statement(turned, box, witnesses));
            }
        });
        facets.forEach((facet, places) -> {
            for (Box box : Box.merged(places)) {
                statements.add(new Statement(facet.kind, words.texts(box.side(FROM)), words.texts(box.side(TO)),
                        facet.spoken.text(), "", "", facet.before, facet.after, Optional.empty()));
            }
        });
        statements.sort(Comparator.comparing((Statement s) -> String.join(",", s.from()))
                .thenComparing(s -> String.join(",", s.to())).thenComparing(Statement::service)
                .thenComparing(Statement::kind).thenComparing(Statement::what).thenComparing(Statement::when));
        return List.copyOf(statements);
    }

    private Statement statement(Shifted shifted, Box box, Witnesses witnesses) {
        RequestSpace space = space(shifted.spoken);
        Shift shift = shifted.shift;
        Box requests = new Box(box.sides().subList(TO + 1, box.sides().size()));
        Kind kind = !shift.after().allowed() ? Kind.DENIED : shift.before().allowed() ? Kind.RATE : Kind.ALLOWED;
        String when = clock.text(requests.side(space.time));
        return new Statement(kind, words.texts(box.side(FROM)), words.texts(box.side(TO)), shifted.spoken.text(),
                Words.text(space, requests), when, rates(shift.before()), rates(shift.after()),
                Optional.of(witnesses.of(shifted.spoken, shift, requests, space, words.example(box.side(FROM)),
                        words.example(box.side(TO)), when)));
    }

    private Statement statement(Turned turned, Box box, Witnesses witnesses) {
        RequestSpace space = space(turned.spoken);
        Box requests = new Box(box.sides().subList(TO + 1, box.sides().size()));
        String when = clock.text(requests.side(space.time));
        return new Statement(Kind.ON_DENY, words.texts(box.side(FROM)), words.texts(box.side(TO)),
                turned.spoken.text(), Words.text(space, requests), when, turned.turn.before().text(),
                turned.turn.after().text(), Optional.of(witnesses.of(turned.spoken, turned.turn, requests, space,
                        words.example(box.side(FROM)), words.example(box.side(TO)), when)));
    }

    private static String rates(Ruling ruling) {
        return !ruling.allowed()
                ? ""
                : ruling.rates().isEmpty() ? "unlimited" : String.join(" and ", ruling.ratesOnce());
    }
}
