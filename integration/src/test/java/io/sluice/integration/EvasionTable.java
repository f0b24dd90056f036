package io.sluice.integration;

import io.sluice.integration.device.Programs;
import io.sluice.integration.evasion.Cases;
import io.sluice.integration.evasion.EvasionCase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Predicate;

/** The outcomes as a page for readers: {@code docs/evasion.md}, written only by {@code -Dsluice.goldens=update}. */
final class EvasionTable {
    private static final Path PAGE = Path.of("docs/evasion.md");

    private EvasionTable() {}

    static void write(List<EvasionOutcome> outcomes, List<EvasionOutcome> overBridge) {
        System.out.println("evasion: " + leaking(outcomes) + " of " + Cases.list().size() + " cases leaked, "
                + hurt(outcomes) + " permitted ones hurt");
        if (!System.getProperty("sluice.goldens", "").equals("update")) {
            return;
        }
        StringBuilder text = new StringBuilder(head(outcomes, overBridge));
        for (EvasionCase each : Cases.list()) {
            text.append("| `%s` | %s | %s | %s | %s |%n".formatted(each.name(), each.says(),
                    fate(of(outcomes, each), EvasionOutcome::permitted),
                    fate(of(outcomes, each), outcome -> !outcome.permitted()),
                    fate(of(overBridge, each), outcome -> !outcome.permitted())));
        }
        try {
            Files.writeString(Programs.root().resolve(PAGE), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String head(List<EvasionOutcome> outcomes, List<EvasionOutcome> overBridge) {
        return """
                # Evasion, live

                A client whose TCP can be as wrong as it likes writes a register of a controller through the firewall, in %d
                ways; each way with a value that the policy allows and with one that it does not, and each against two servers:
                j2mod, and one that only records. What counts is what the server's process received. Cells say so, and then what
                the client saw of j2mod. The last column is the same denied message with a kernel bridge in place of the firewall:
                where nothing arrives even there, the server's own TCP did not take it.

                Leaked: **%d of %d**. Permitted and hurt: **%d of %d**. Over a bridge %d of the denied ones arrive.

                Generated %s by `mvn verify -pl integration -am -Dit.test=EvasionIT -Dsluice.goldens=update`; the cases are
                `integration/src/main/java/io/sluice/integration/evasion/Cases.java`.

                | case | the message is sent | permitted | denied | denied, over a bridge |
                |---|---|---|---|---|
                """
                .formatted(Cases.list().size(), leaking(outcomes), Cases.list().size(), hurt(outcomes),
                        Cases.list().size(), leaking(overBridge), LocalDate.now(ZoneOffset.UTC));
    }

    private static List<EvasionOutcome> of(List<EvasionOutcome> outcomes, EvasionCase played) {
        return outcomes.stream().filter(outcome -> outcome.played().name().equals(played.name())).toList();
    }

    private static String fate(List<EvasionOutcome> outcomes, Predicate<EvasionOutcome> which) {
        List<EvasionOutcome> chosen = outcomes.stream().filter(which).toList();
        long arrived = chosen.stream().filter(outcome -> outcome.arrived() > 0).count();
        String servers = arrived == 0 ? "nothing" : arrived == chosen.size() ? "received" : "received by one";
        return servers
                + chosen.stream().filter(EvasionOutcome::answers).map(outcome -> "; " + outcome.saw()).findFirst()
                        .orElse("");
    }

    /** How many cases leaked, at either server. */
    static long leaking(List<EvasionOutcome> outcomes) {
        return Cases.list().stream().filter(each -> of(outcomes, each).stream().anyMatch(EvasionOutcome::leaked))
                .count();
    }

    private static long hurt(List<EvasionOutcome> outcomes) {
        return Cases.list().stream().filter(each -> of(outcomes, each).stream().anyMatch(outcome -> outcome.permitted()
                && outcome.complaint().startsWith("HURT"))).count();
    }
}
