package io.sluice.rules.policy;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Reads a conduit's {@code mode}: a word, or {@code {monitor: until 2026-12-31}}. */
final class ModeReader {
    private static final String UNTIL = "until ";

    private final Values values;
    private final Optional<Mode> policyMode;

    ModeReader(Values values, Optional<Mode> policyMode) {
        this.values = values;
        this.policyMode = policyMode;
    }

    Optional<Conduit.ModeChange> read(Yaml value) {
        return value instanceof Yaml.Mapping map ? until(map) : forGood(value);
    }

    private Optional<Conduit.ModeChange> forGood(Yaml value) {
        Optional<Mode> mode = values.word(value, "mode", Words.MODES);
        if (mode.isPresent() && compared(mode.get()) < 0) {
            String word = Words.of(mode.get());
            values.problems().error(value.position(),
                    "`" + word + "` is weaker than the policy's `" + policyWord()
                            + "`, which needs an end: `{" + word + ": until 2026-12-31}`");
            return Optional.empty();
        }
        return mode.map(m -> new Conduit.ModeChange(m, Optional.empty()));
    }

    private Optional<Conduit.ModeChange> until(Yaml.Mapping map) {
        if (map.entries().size() != 1) {
            values.problems().error(map.position(),
                    "`mode` is one mode and its last day: `{monitor: until 2026-12-31}`");
            return Optional.empty();
        }
        Yaml.Entry entry = map.entries().getFirst();
        Optional<Mode> mode = values.word(entry.key(), "mode", Words.MODES);
        Optional<LocalDate> day = values.parsed(entry.value(), entry.key().value(), ModeReader::lastDay);
        if (mode.isPresent() && compared(mode.get()) > 0) {
            values.problems().error(map.position(), "`" + Words.of(mode.get()) + "` is stronger than the policy's `"
                    + policyWord() + "` and needs no end: `mode: " + Words.of(mode.get()) + "`");
            return Optional.empty();
        }
        return mode.filter(_ -> day.isPresent()).map(m -> new Conduit.ModeChange(m, day));
    }

    /** Below zero if a mode is weaker than the policy's; zero while that is not known. */
    private int compared(Mode mode) {
        return policyMode.map(mode::compareTo).orElse(0);
    }

    private String policyWord() {
        return policyMode.map(Words::of).orElse("mode");
    }

    private static Parsed<LocalDate> lastDay(String text) {
        try {
            if (text.startsWith(UNTIL)) {
                return Parsed.yes(LocalDate.parse(text.substring(UNTIL.length())));
            }
        } catch (DateTimeParseException _) {
            // Answered below, together with texts that do not start with the word.
        }
        return Parsed.no(text, "is not a last day; write `until 2026-12-31`");
    }
}
