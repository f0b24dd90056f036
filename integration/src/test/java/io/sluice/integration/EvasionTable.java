package io.sluice.integration;

import io.sluice.integration.device.Programs;
import io.sluice.integration.evasion.EvasionCase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The outcomes as a section of a page for readers: {@code docs/evasion.md}, written only by {@code -Dsluice.goldens=update}. What
 * stands in front of the sections is written by people.
 */
final class EvasionTable {
    private static final Path PAGE = Path.of("docs/evasion.md");
    private static final String HEADING = "\n## ";

    private EvasionTable() {}

    /** Puts a section in the place of the one of that title. */
    static void write(String title, List<EvasionCase> cases, List<EvasionOutcome> outcomes,
            List<EvasionOutcome> overBridge) {
        System.out.println("evasion, " + title + ": " + leaking(outcomes) + " of " + cases.size() + " cases leaked, "
                + hurt(outcomes) + " permitted ones hurt");
        if (System.getProperty("sluice.goldens", "").equals("update")) {
            StringBuilder text = new StringBuilder(head(cases.size(), outcomes, overBridge));
            cases.forEach(each -> text.append(row(each, outcomes, overBridge)));
            replace(title, text.toString());
        }
    }

    private static void replace(String title, String text) {
        Path file = Programs.root().resolve(PAGE);
        try {
            String page = Files.readString(file);
            String heading = HEADING + title + "\n";
            int start = page.indexOf(heading);
            int next = start < 0 ? -1 : page.indexOf(HEADING, start + heading.length());
            Files.writeString(file, page.substring(0, start < 0 ? page.length() : start) + heading + "\n" + text
                    + (next < 0 ? "" : page.substring(next)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String head(int cases, List<EvasionOutcome> outcomes, List<EvasionOutcome> overBridge) {
        return """
                Leaked: **%d of %d**. Permitted and hurt: **%d of %d**. Over a bridge %d of the denied ones arrive. Played %s.

                | case | the message is sent | permitted | denied | denied, over a bridge |
                |---|---|---|---|---|
                """
                .formatted(leaking(outcomes), cases, hurt(outcomes), cases, leaking(overBridge),
                        LocalDate.now(ZoneOffset.UTC));
    }

    private static String row(EvasionCase each, List<EvasionOutcome> outcomes, List<EvasionOutcome> overBridge) {
        return "| `%s` | %s | %s | %s | %s |%n".formatted(each.name(), each.says(),
                fate(of(outcomes, each), EvasionOutcome::permitted),
                fate(of(outcomes, each), outcome -> !outcome.permitted()),
                fate(of(overBridge, each), outcome -> !outcome.permitted()));
    }

    private static List<EvasionOutcome> of(List<EvasionOutcome> outcomes, EvasionCase played) {
        return outcomes.stream().filter(outcome -> outcome.played().name().equals(played.name())).toList();
    }

    private static String fate(List<EvasionOutcome> outcomes, Predicate<EvasionOutcome> which) {
        List<EvasionOutcome> chosen = outcomes.stream().filter(which).toList();
        long arrived = chosen.stream().filter(outcome -> outcome.arrived() > 0).count();
        String received = arrived == 0
                ? "nothing"
                : arrived == chosen.size()
                        ? "received"
                        : "received %d of %d".formatted(arrived, chosen.size());
        return received + "; " + chosen.stream().filter(EvasionOutcome::answers).map(EvasionOutcome::saw).distinct()
                .sorted().collect(Collectors.joining(" or "));
    }

    /** How many cases leaked, at any server. */
    static long leaking(List<EvasionOutcome> outcomes) {
        return count(outcomes, EvasionOutcome::leaked);
    }

    private static long hurt(List<EvasionOutcome> outcomes) {
        return count(outcomes, outcome -> outcome.permitted() && outcome.complaint().startsWith("HURT"));
    }

    private static long count(List<EvasionOutcome> outcomes, Predicate<EvasionOutcome> which) {
        return outcomes.stream().filter(which).map(outcome -> outcome.played().name()).distinct().count();
    }
}
