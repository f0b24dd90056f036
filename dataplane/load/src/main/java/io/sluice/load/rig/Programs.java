package io.sluice.load.rig;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The words that start Java programs as this one was started: same Java, same class path, same kind of collector. */
public final class Programs {
    private Programs() {}

    /** A class of ours with a {@code main}. */
    public static List<String> of(Class<?> type, String... arguments) {
        List<String> words = java();
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), type.getName()));
        words.addAll(Arrays.asList(arguments));
        return words;
    }

    /** Java with the options of the launcher {@code ./sluice inline}. */
    static List<String> java() {
        return new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders", "-Xms32m", "-Xmn16m", "-Xmx256m"));
    }
}
