package io.sluice.cli;

import io.sluice.archive.Grouping;
import io.sluice.archive.RowForm;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an option's value, and says in the user's words what it may be. */
final class Choice {
    private Choice() {}

    /** Makes the values of these options readable, and what is wrong with them too. */
    static void register(CommandLine line) {
        line.registerConverter(DissectOptions.Format.class, of(DissectOptions.Format.class));
        line.registerConverter(DiffCommand.Format.class, of(DiffCommand.Format.class));
        line.registerConverter(BenchCommand.Format.class, of(BenchCommand.Format.class));
        line.registerConverter(ReplayOptions.Format.class, of(ReplayOptions.Format.class));
        line.registerConverter(ReplayOptions.Profile.class, of(ReplayOptions.Profile.class));
        line.registerConverter(ReplayOptions.Language.class, of(ReplayOptions.Language.class));
        line.registerConverter(ReplayOptions.Only.class, of(ReplayOptions.Only.class));
        line.registerConverter(ReplayOptions.ExpectFrom.class, of(ReplayOptions.ExpectFrom.class));
        line.registerConverter(StatusCommand.Format.class, of(StatusCommand.Format.class));
        line.registerConverter(SessionsCommand.Format.class, of(SessionsCommand.Format.class));
        line.registerConverter(Grouping.class, of(Grouping.class));
        line.registerConverter(RowForm.class, of(RowForm.class));
        line.registerConverter(Integer.class, Choice::number);
    }

    private static <E extends Enum<E>> ITypeConverter<E> of(Class<E> type) {
        return text -> Arrays.stream(type.getEnumConstants()).filter(e -> word(e).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst().orElseThrow(() -> new TypeConversionException("`" + text + "` is none of "
                        + Arrays.stream(type.getEnumConstants()).map(Choice::word).collect(Collectors.joining(", "))));
    }

    private static String word(Enum<?> e) {
        return e.name().toLowerCase(Locale.ROOT);
    }

    private static Integer number(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("`" + text + "` is not a number");
        }
    }
}
