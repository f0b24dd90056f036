package io.sluice.load;

import java.util.Locale;

/** What figures are counted in. */
public enum Unit {
    KPPS("kpps", 0),
    GIGABITS("Gbit/s", 2),
    MICROSECONDS("µs", 2),
    MILLISECONDS("ms", 2),
    MEBIBYTES("MiB", 0),
    BYTES("B", 0);

    private final String word;
    private final int digits;

    Unit(String word, int digits) {
        this.word = word;
        this.digits = digits;
    }

    public String word() {
        return word;
    }

    /** A figure with its unit. */
    public String format(double figure) {
        return String.format(Locale.ROOT, "%,." + digits + "f %s", figure, word).replace(',', ' ');
    }
}
