package io.sluice.spark;

import io.sluice.archive.Grouping;
import io.sluice.archive.RowForm;
import io.sluice.engine.Profile;
import io.sluice.replay.GivenZones;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the job is to do; places are URIs that Spark understands.
 *
 * @param folder with the captures, at any depth
 * @param policy the policy's file
 * @param out where rows go; must not exist
 * @param zones networks as written, by the zones in which their addresses lie, beside what the policy tells
 */
public record JobOptions(String folder, String policy, String out, Grouping grouping, Profile profile, RowForm form,
        Map<String, String> zones) {
    static final String USAGE = "usage: FOLDER --policy FILE --out FOLDER [--sensors name|folder|file]"
            + " [--profile observe|inline] [--rows parquet|json] [--zone ZONE=NETWORK]...";

    private static final List<String> NAMES = List.of("--policy", "--out", "--sensors", "--profile", "--rows");

    static JobOptions parse(List<String> arguments) {
        String folder = "";
        Map<String, String> options = new HashMap<>();
        List<String> zones = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("--")) {
                folder = argument;
            } else if (argument.equals("--zone") && i + 1 < arguments.size()) {
                zones.add(arguments.get(++i));
            } else if (NAMES.contains(argument) && i + 1 < arguments.size()) {
                options.put(argument, arguments.get(++i));
            } else {
                throw new IllegalArgumentException("`" + argument + "` is not an option with a value");
            }
        }
        String policy = options.getOrDefault("--policy", "");
        String out = options.getOrDefault("--out", "");
        if (folder.isEmpty() || policy.isEmpty() || out.isEmpty()) {
            throw new IllegalArgumentException("FOLDER, --policy and --out must be given");
        }
        return new JobOptions(folder, policy, out, choice(Grouping.class, options, "--sensors", Grouping.NAME),
                choice(Profile.class, options, "--profile", Profile.OBSERVE),
                choice(RowForm.class, options, "--rows", RowForm.PARQUET), GivenZones.byName(zones));
    }

    private static <E extends Enum<E>> E choice(Class<E> type, Map<String, String> options, String name, E usual) {
        String word = options.get(name);
        if (word == null) {
            return usual;
        }
        try {
            return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("`" + name + " " + word + "` is no choice", e);
        }
    }
}
