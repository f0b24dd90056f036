package io.sluice.load;

import java.util.Optional;

/**
 * One figure.
 *
 * @param name of the measurement, for {@code --only}
 * @param what is measured, in words
 * @param figure the firewall's
 * @param reference what it is compared with, in the same run
 * @param target what it is to reach
 * @param note what else there is to say; empty: nothing
 */
public record Row(String name, String what, Unit unit, double figure, Optional<Reference> reference,
        Optional<Target> target, String note) {
    /** The figure of something else, in the same unit. */
    public record Reference(String name, double figure) {}

    /** A bound of the ratio to the reference where there is one, else of the figure. */
    public record Target(boolean atLeast, double bound) {
        public static Target atLeast(double bound) {
            return new Target(true, bound);
        }

        public static Target atMost(double bound) {
            return new Target(false, bound);
        }

        boolean isReachedBy(double value) {
            return atLeast ? value >= bound : value <= bound;
        }
    }

    static Row of(String name, String what, Unit unit, double figure) {
        return new Row(name, what, unit, figure, Optional.empty(), Optional.empty(), "");
    }

    Row against(String other, double otherFigure) {
        return new Row(name, what, unit, figure, Optional.of(new Reference(other, otherFigure)), target, note);
    }

    Row to(Target bound) {
        return new Row(name, what, unit, figure, reference, Optional.of(bound), note);
    }

    Row noting(String sentence) {
        return new Row(name, what, unit, figure, reference, target, sentence);
    }

    /** Figure by reference. */
    public Optional<Double> ratio() {
        return reference.map(r -> figure / r.figure());
    }

    public Optional<Boolean> isReached() {
        return target.map(t -> t.isReachedBy(ratio().orElse(figure)));
    }
}
