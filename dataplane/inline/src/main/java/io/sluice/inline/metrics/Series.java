package io.sluice.inline.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;

/**
 * Meters whose values are set from a snapshot. They appear when their labels do: a policy that is applied brings conduits of
 * its own.
 */
final class Series {
    private final MeterRegistry registry;
    private final Map<Key, Value> values = new HashMap<>();

    private record Key(String name, Tags labels) {}

    /** Read by the registry, on the thread that asked for the text. */
    private static final class Value {
        private double now;

        double now() {
            return now;
        }
    }

    Series(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A number that only grows. {@code labels}: name, value, name, value … */
    void count(String name, String what, long now, String... labels) {
        Tags tags = Tags.of(labels);
        values.computeIfAbsent(new Key(name, tags), _ -> {
            Value value = new Value();
            FunctionCounter.builder(name, value, Value::now).description(what).tags(tags).register(registry);
            return value;
        }).now = (double) now;
    }

    /** A whole number that comes and goes. */
    void gauge(String name, String what, long now, String... labels) {
        gauge(name, what, (double) now, labels);
    }

    /** A number that comes and goes. */
    void gauge(String name, String what, double now, String... labels) {
        Tags tags = Tags.of(labels);
        values.computeIfAbsent(new Key(name, tags), _ -> {
            Value value = new Value();
            Gauge.builder(name, value, Value::now).description(what).tags(tags).strongReference(true)
                    .register(registry);
            return value;
        }).now = now;
    }
}
