package io.sluice.manage.assets;

import java.util.Map;
import java.util.TreeMap;

/** Things that were done, by name; of more than a bound, only how often. Kept in files by its fields. */
final class Uses {
    Map<String, Use> byName = new TreeMap<>();
    Use others = new Use();

    /** True for the first of its name. */
    boolean add(String name, int most, long times, boolean refused, long micros) {
        Use use = byName.get(name);
        boolean fresh = use == null && byName.size() < most;
        if (use == null) {
            use = fresh ? new Use() : others;
            if (fresh) {
                byName.put(name, use);
            }
        }
        use.add(times, refused, micros);
        return fresh;
    }

    boolean known(String name) {
        return byName.containsKey(name);
    }
}
