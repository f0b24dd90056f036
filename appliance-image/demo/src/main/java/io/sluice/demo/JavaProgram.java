package io.sluice.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The words that start a class of this program as a process of its own, on the same Java and class path. */
final class JavaProgram {
    private JavaProgram() {}

    /** A device or client: small, soon compiled, not for long. */
    static List<String> peer(Class<?> main, String... arguments) {
        return words(List.of("-Xmx96m", "-XX:TieredStopAtLevel=1"), main, arguments);
    }

    /** The firewall, with the options of its launcher. */
    static List<String> sluice(Class<?> main, String... arguments) {
        return words(List.of("-Xms32m", "-Xmn16m", "-Xmx256m", "-XX:+UseCompactObjectHeaders"), main, arguments);
    }

    /** The management server, likewise. */
    static List<String> manage(Class<?> main, String... arguments) {
        return words(List.of("-Xms48m", "-Xmn32m", "-Xmx256m", "-XX:+UseCompactObjectHeaders"), main, arguments);
    }

    private static List<String> words(List<String> options, Class<?> main, String... arguments) {
        List<String> words = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        words.addAll(options);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        words.addAll(List.of(arguments));
        return words;
    }
}
