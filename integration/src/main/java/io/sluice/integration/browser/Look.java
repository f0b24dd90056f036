package io.sluice.integration.browser;

import java.util.List;
import java.util.stream.Stream;

/**
 * How somebody looks at the pages.
 *
 * @param width of the window in pixels of CSS
 * @param height of the window
 * @param dark the system asks for dark colours
 * @param language of the browser, such as {@code de-DE}
 */
public record Look(int width, int height, boolean dark, String language) {
    /** A screen in the control room. */
    public static final Look DESK = new Look(1440, 900, false, "en-GB");

    /** A phone. */
    public static final Look PHONE = new Look(390, 844, false, "en-GB");

    /** Both widths, light and dark. */
    public static List<Look> all() {
        return Stream.of(DESK, PHONE).flatMap(look -> Stream.of(look, look.inTheDark())).toList();
    }

    public Look inTheDark() {
        return new Look(width, height, true, language);
    }

    public Look in(String other) {
        return new Look(width, height, dark, other);
    }

    /** For names of files: {@code 1440-light-en}. */
    public String label() {
        return width + (dark ? "-dark-" : "-light-") + language.substring(0, 2);
    }
}
