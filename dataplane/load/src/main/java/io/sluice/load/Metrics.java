package io.sluice.load;

import io.sluice.load.rig.RigException;
import java.util.List;

/** Reads Prometheus' text format 0.0.4. */
final class Metrics {
    private Metrics() {}

    /** Sum of all samples of that name, whatever their labels. */
    static double sum(String text, String name) throws RigException {
        List<String> samples = text.lines().filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .toList();
        if (samples.isEmpty()) {
            throw new RigException("the firewall's statistics do not tell `%s`".formatted(name));
        }
        // `name{labels} value` or `name{labels} value timestamp`; labels may hold blanks.
        return samples.stream().map(line -> line.substring(Math.max(line.lastIndexOf('}') + 1, name.length())).strip())
                .mapToDouble(value -> Double.parseDouble(value.split(" ", -1)[0])).sum();
    }
}
