package io.sluice.integration.device;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where the programs are that the tests start. */
public final class Programs {
    private Programs() {}

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The project's root. */
    public static Path root() {
        return Path.of(System.getProperty("sluice.root", "."));
    }

    /** The firewall's jar: that of the build, or another by {@code -Dsluice.jar}. */
    static Path sluice() {
        return Path.of(System.getProperty("sluice.jar", root().resolve("appliance-image/cli/target/sluice-cli.jar")
                .toString()));
    }

    /**
     * Beside what the launcher says: processes of tests live for seconds, and spent more time on making themselves fast than on
     * all else. That the firewall is as fast as it should be is measured elsewhere, without this.
     */
    static final String SHORT_LIFE = "-XX:TieredStopAtLevel=1";

    /** The words that start the command line as it is shipped, with options for Java. */
    static String[] sluice(List<String> options, String... arguments) {
        List<String> words = new ArrayList<>(List.of(java(), "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders",
                SHORT_LIFE));
        words.addAll(options);
        words.addAll(List.of("-jar", sluice().toString()));
        words.addAll(Arrays.asList(arguments));
        return words.toArray(String[]::new);
    }

    /** The words that start a class of this module as a process. */
    public static String[] peer(Class<?> type, String... arguments) {
        // Small and soon compiled: many of them run at once, none for long.
        List<String> words = new ArrayList<>(List.of(java(), "-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-cp",
                System.getProperty("java.class.path"), type.getName()));
        words.addAll(Arrays.asList(arguments));
        return words.toArray(String[]::new);
    }

    /** Where {@code ./verify} has installed node-opcua; empty where it could not. */
    public static Optional<Path> nodeOpcUa() {
        return Optional.of(root().resolve("integration/target/node")).filter(folder -> Files.exists(folder.resolve(
                "installed")));
    }

    /** The words that start a script of this module with Node.js. */
    public static String[] nodePeer(String script, String... arguments) {
        List<String> words = new ArrayList<>(List.of("env", "NODE_MODULES_FOLDER=" + nodeOpcUa().orElseThrow(), "node",
                root().resolve("integration/src/test/node").resolve(script).toString()));
        words.addAll(Arrays.asList(arguments));
        return words.toArray(String[]::new);
    }
}
