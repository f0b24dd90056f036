package io.sluice.manage.alerts;

import io.sluice.manage.alerts.Learned.ValueRange;
import io.sluice.manage.event.Deed;
import io.sluice.manage.event.Event;
import io.sluice.manage.event.Judgement.Verdict;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes of values that are not usual at their address, and such that the policy does not permit there. */
final class ValueDetector {
    private static final String OUTSIDE = "outside the permitted values";

    private final AlertSettings settings;
    private final Learned learned;
    private final Consumer<Finding> sink;
    private final BooleanSupplier learning;

    ValueDetector(AlertSettings settings, Learned learned, Consumer<Finding> sink, BooleanSupplier learning) {
        this.settings = settings;
        this.learned = learned;
        this.sink = sink;
        this.learning = learning;
    }

    void accept(Event e) {
        if (e.answer() || !Sight.writes(e)) {
            return;
        }
        if (e.judgement().verdict() == Verdict.DENY) {
            if (e.judgement().detail().equals(OUTSIDE)) {
                refused(e);
            }
            return; // it never reached the device, so nothing is learned of it
        }
        for (Deed.Part part : e.deed().parts()) {
            for (int i = 0; i < part.values().size() && (part.low() < 0 || part.low() + i <= part.high()); i++) {
                value(e, part, part.low() < 0 ? -1 : part.low() + i, part.values().get(i));
            }
        }
    }

    private void value(Event e, Deed.Part part, int address, String text) {
        Double value = number(text);
        if (value == null || (address < 0 && part.node().isEmpty())) {
            return;
        }
        String key = String.join(" ", e.source().address(), e.destination().address(), Integer.toString(part.unit()),
                part.space(), address < 0 ? part.node() : Integer.toString(address));
        ValueRange range = learned.ranges.get(key);
        if (range == null) {
            begin(key, value, e);
            return;
        }
        double margin = (range.high - range.low) * settings.rangeMarginPercent() / 100;
        boolean outside = value < range.low - margin || value > range.high + margin;
        if (outside && !learning.getAsBoolean() && range.writes >= settings.writesToLearn()) {
            report(e, part, address, text, range);
        }
        range.low = Math.min(range.low, value);
        range.high = Math.max(range.high, value);
        range.writes++;
    }

    private void begin(String key, double value, Event e) {
        if (learned.ranges.size() >= settings.ranges()) {
            learned.rangesLeftOut++;
            return;
        }
        ValueRange range = new ValueRange();
        range.low = range.high = value;
        range.writes = 1;
        range.first = e.micros();
        learned.ranges.put(key, range);
    }

    private void report(Event e, Deed.Part part, int address, String text, ValueRange range) {
        String where = where(part, address);
        sink.accept(new Finding(Kind.VALUE_OUT_OF_RANGE, Severity.HIGH, e.source().address(), e.destination().address(),
                where, "Unusual value at " + Sight.named(e.destination()) + ", " + where,
                Sight.named(e.source()) + " wrote " + text + " to " + where + " of " + Sight.named(e.destination())
                        + ", and it was let through.",
                "In " + range.writes + " writes before, it was between " + plain(range.low) + " and "
                        + plain(range.high)
                        + ".",
                "Look whether the process stands it. If the value is right, archive this: the range includes it from now"
                        + " on. If not, permit only the range in the policy.",
                Filters.join(Filters.of("src", e.source().address(), "dst", e.destination().address(), "do",
                        part.operation()), Filters.item(part, address)),
                e.micros(), 1));
    }

    private void refused(Event e) {
        Deed.Part part = e.deed().parts().isEmpty() ? null : e.deed().parts().getFirst();
        int address = part == null ? -1 : part.low();
        String where = part == null ? "" : where(part, address);
        sink.accept(new Finding(Kind.VALUE_OUT_OF_RANGE, Severity.MEDIUM, e.source().address(),
                e.destination().address(), "policy " + where,
                "Refused value for " + Sight.named(e.destination()) + ", " + where,
                Sight.named(e.source()) + " tried to " + e.deed().text() + " at " + Sight.named(e.destination())
                        + (e.judgement().enforced() ? ", and was refused." : ", which would have been refused."),
                "The policy permits other values there.",
                "If the value is right, change the range in the policy; if not, find out who entered it.",
                Filters.join(Filters.of("src", e.source().address(), "dst", e.destination().address(), "verdict",
                        "deny"), part == null ? "" : Filters.item(part, address)),
                e.micros(), 1));
    }

    private static String where(Deed.Part part, int address) {
        if (!part.node().isEmpty()) {
            return part.node();
        }
        return (part.unit() < 0 ? "" : "unit " + part.unit() + " ") + part.space() + " " + address;
    }

    private static @Nullable Double number(String text) {
        try {
            return switch (text) {
                case "true", "on" -> 1.0;
                case "false", "off" -> 0.0;
                default -> Double.valueOf(text);
            };
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
