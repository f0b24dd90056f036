package io.sluice.manage.firewall;

import io.sluice.manage.firewall.PolicyTree.Entries;
import io.sluice.manage.firewall.PolicyTree.Entry;
import io.sluice.manage.firewall.PolicyTree.Items;
import io.sluice.manage.firewall.PolicyTree.Node;
import io.sluice.manage.firewall.PolicyTree.Scalar;
import java.util.random.RandomGenerator;

/** A policy in other clothes: braces or lines, comments, blank lines, quoted keys, indents and line ends by chance. */
final class Restyled {
    private final String text;
    private final RandomGenerator random;
    private final StringBuilder out = new StringBuilder();
    private final boolean braces;

    private Restyled(String text, RandomGenerator random) {
        this.text = text;
        this.random = random;
        braces = random.nextInt(3) > 0;
    }

    static String of(String text, RandomGenerator random) {
        Restyled restyled = new Restyled(text, random);
        Entries root = new PolicyTree(text).root();
        if (random.nextInt(6) == 0) {
            restyled.flow(root);
            restyled.out.append(restyled.chance(2) ? "\n" : "");
        } else {
            restyled.lines(root, restyled.chance(6) ? 2 : 0);
        }
        String yaml = restyled.out.toString().stripTrailing();
        yaml = yaml + (restyled.chance(3) ? "" : restyled.chance(2) ? "\n" : "\n\n# the end\n");
        return restyled.chance(3) ? yaml.replace("\n", "\r\n") : yaml;
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private String raw(Scalar scalar) {
        return text.substring(scalar.start(), scalar.end());
    }

    private String key(Entry entry) {
        return chance(8) ? '"' + entry.key().value() + '"' : raw(entry.key());
    }

    private void comment(int indent) {
        if (chance(4)) {
            out.append("  # why: {not, this]");
        }
        out.append('\n');
        if (chance(6)) {
            out.append('\n');
        }
        if (chance(5)) {
            out.append(" ".repeat(indent)).append("# - {id: none, do: nothing}\n");
        }
    }

    private void lines(Node node, int indent) {
        switch (node) {
            case Entries map -> map.entries().forEach(e -> {
                out.append(" ".repeat(indent)).append(key(e)).append(':');
                below(e.value(), indent + 1 + random.nextInt(4), indent);
            });
            case Items list -> list.items().forEach(item -> {
                out.append(" ".repeat(indent)).append('-');
                if (item instanceof Entries map && !braces && !map.entries().isEmpty()) {
                    StringBuilder before = new StringBuilder(out);
                    out.setLength(0);
                    lines(map, indent + 2);
                    before.append(' ').append(out.toString().stripLeading());
                    out.setLength(0);
                    out.append(before);
                } else {
                    out.append(' ');
                    flow(item);
                    comment(indent);
                }
            });
            case Scalar scalar -> out.append(raw(scalar));
        }
    }

    private void below(Node value, int indent, int least) {
        boolean empty = (value instanceof Entries m && m.entries().isEmpty())
                || (value instanceof Items l && l.items().isEmpty());
        boolean list = value instanceof Items items && items.items().stream().noneMatch(i -> i instanceof Scalar);
        boolean map = value instanceof Entries entries
                && (!braces || entries.entries().stream().anyMatch(e -> !(e.value() instanceof Scalar)));
        if (!empty && (list || map) && !chance(8)) {
            comment(indent);
            lines(value, list && chance(3) ? least : indent);
        } else {
            out.append(' ');
            flow(value);
            comment(least);
        }
    }

    private void flow(Node node) {
        switch (node) {
            case Entries map -> {
                out.append('{');
                for (int i = 0; i < map.entries().size(); i++) {
                    separate(i);
                    out.append(key(map.entries().get(i))).append(": ");
                    flow(map.entries().get(i).value());
                }
                out.append(!map.entries().isEmpty() && chance(6) ? ",}" : chance(6) ? " }" : "}");
            }
            case Items list -> {
                out.append('[');
                for (int i = 0; i < list.items().size(); i++) {
                    separate(i);
                    flow(list.items().get(i));
                }
                out.append(!list.items().isEmpty() && chance(6) ? ", ]" : "]");
            }
            case Scalar scalar -> out.append(raw(scalar));
        }
    }

    private void separate(int number) {
        if (number > 0) {
            out.append(chance(12) ? ", # here\n          " : ", ");
        }
    }
}
