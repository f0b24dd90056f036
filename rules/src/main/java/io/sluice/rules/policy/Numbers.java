package io.sluice.rules.policy;

import java.util.Optional;
import java.util.regex.Pattern;

/** Whole numbers as the language writes them: {@code 118}, {@code -5}, {@code 0x76}; no signs or zeros in front. */
final class Numbers {
    private static final Pattern DECIMAL = Pattern.compile("0|-?[1-9][0-9]{0,17}");
    private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]{1,15}");

    private Numbers() {}

    static Optional<Long> parse(String text) {
        if (DECIMAL.matcher(text).matches()) {
            return Optional.of(Long.valueOf(text));
        }
        return HEXADECIMAL.matcher(text).matches()
                ? Optional.of(Long.valueOf(text.substring(2), 16))
                : Optional.empty();
    }
}
