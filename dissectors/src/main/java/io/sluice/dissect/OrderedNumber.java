package io.sluice.dissect;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * One 64-bit form for all numbers that protocols carry, integers and floating point alike, in which the order of the
 * forms is the order of the numbers: a rule's range then compares as it reads, whatever type a message uses.
 *
 * <p>Finite numbers and infinities take the bits of an IEEE 754 double, turned so that they rise. Integers beyond
 * 2^53 that no double holds go to the next one further from zero; bounds of rules stay within {@link #EXACT}, so that
 * this never brings one inside a range. NaN has no place in the order; what would be its bits, above all numbers, is
 * free for names ({@link #name}).
 */
public final class OrderedNumber {
    /** Bounds of rules lie within plus and minus this: all integers up to here are exact. */
    public static final long EXACT = (1L << 53) - 1;

    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?");
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
    private static final long NAMES = of(Double.POSITIVE_INFINITY) + 1;

    private OrderedNumber() {}

    /** The form of a number that is not NaN. */
    public static long of(double number) {
        long bits = Double.doubleToRawLongBits(number + 0.0);
        return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }

    /** The form of an integer. */
    public static long of(long number) {
        long form = of((double) number);
        return Math.abs(number) > EXACT || number == Long.MIN_VALUE ? awayFromZero(number, form) : form;
    }

    private static long awayFromZero(long number, long form) {
        double rounded = (double) number;
        if (number > 0) {
            return rounded < 0x1p63 && (long) rounded < number ? form + 1 : form;
        }
        return (long) rounded > number ? form - 1 : form;
    }

    /** The form of an unsigned 64-bit integer. */
    public static long ofUnsigned(long number) {
        return number >= 0 ? of(number) : of((double) (number >>> 1 | (number & 1)) * 2.0);
    }

    /** The place of a name (a text that a rule states as a value), by its number in {@link Names}. */
    public static long name(int number) {
        return NAMES + number;
    }

    /** The name at a place, or a negative number where the place is a number's. */
    public static int nameAt(long form) {
        return form >= NAMES ? (int) (form - NAMES) : -1;
    }

    /** The number that a form stands for. */
    public static double number(long form) {
        return Double.longBitsToDouble(form ^ ((form >> 63) & Long.MAX_VALUE));
    }

    /** The form of a number as people write it, {@code -5.5} or {@code 1e3}; empty if it is none, or too large. */
    public static OptionalLong parse(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            return OptionalLong.empty();
        }
        if (WHOLE.matcher(text).matches()) {
            return OptionalLong.of(of(Long.parseLong(text)));
        }
        double number = Double.parseDouble(text);
        return Double.isInfinite(number) ? OptionalLong.empty() : OptionalLong.of(of(number));
    }

    /** The number that a form stands for, as people write it. */
    public static String text(long form) {
        if (form >= NAMES) {
            return "NaN";
        }
        double number = number(form);
        return Math.rint(number) == number && Math.abs(number) <= EXACT
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
