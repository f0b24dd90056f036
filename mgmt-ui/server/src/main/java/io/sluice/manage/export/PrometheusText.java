package io.sluice.manage.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads metrics in Prometheus' text format, version 0.0.4. */
final class PrometheusText {
    /**
     * One number.
     *
     * @param counter it only grows; else it goes up and down
     */
    record Sample(String name, Map<String, String> labels, boolean counter, double value) {}

    private PrometheusText() {}

    static List<Sample> read(String text) {
        Map<String, String> types = new LinkedHashMap<>();
        List<Sample> samples = new ArrayList<>();
        text.lines().forEach(line -> {
            if (line.startsWith("# TYPE ")) {
                String[] words = line.split(" ", -1);
                if (words.length == 4) {
                    types.put(words[2], words[3]);
                }
            } else if (!line.isBlank() && !line.startsWith("#")) {
                Sample sample = sample(line, types);
                if (sample != null) {
                    samples.add(sample);
                }
            }
        });
        return samples;
    }

    /** Null for a line that is none. */
    private static @Nullable Sample sample(String line, Map<String, String> types) {
        int brace = line.indexOf('{');
        int close = line.lastIndexOf('}');
        int blank = line.indexOf(' ', Math.max(0, close));
        if (blank < 0 || (brace >= 0 && close < brace)) {
            return null;
        }
        String name = line.substring(0, brace >= 0 && brace < blank ? brace : blank);
        try {
            String number = line.substring(blank + 1).trim().split(" ", 2)[0];
            double value = switch (number) {
                case "+Inf" -> Double.POSITIVE_INFINITY;
                case "-Inf" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(number);
            };
            Map<String, String> labels = brace < 0 ? Map.of() : labels(line.substring(brace + 1, close));
            return new Sample(name, labels, counter(name, types), value);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static boolean counter(String name, Map<String, String> types) {
        String type = types.getOrDefault(name, "");
        String family = name.replaceAll("_(bucket|count|sum|total)$", "");
        String ofFamily = types.getOrDefault(family, type);
        return type.equals("counter") || name.endsWith("_total") || (!family.equals(name)
                && (ofFamily.equals("histogram") || ofFamily.equals("summary")));
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new LinkedHashMap<>();
        int at = 0;
        while (at < text.length()) {
            int equals = text.indexOf("=\"", at);
            if (equals < 0) {
                break;
            }
            StringBuilder value = new StringBuilder();
            int i = equals + 2;
            for (; i < text.length() && text.charAt(i) != '"'; i++) {
                if (text.charAt(i) == '\\' && i + 1 < text.length()) {
                    i++;
                    value.append(text.charAt(i) == 'n' ? '\n' : text.charAt(i));
                } else {
                    value.append(text.charAt(i));
                }
            }
            labels.put(text.substring(at, equals).replaceAll("[, ]", ""), value.toString());
            at = i + 1;
        }
        return labels;
    }
}
