package io.sluice.inline.settings;

import io.sluice.inline.settings.Settings.Fallback;
import io.sluice.inline.settings.Settings.Limits;
import io.sluice.rules.policy.FileKind;
import io.sluice.rules.policy.Keys;
import io.sluice.rules.policy.PolicyLimits;
import io.sluice.rules.policy.Problem;
import io.sluice.rules.policy.Problems;
import io.sluice.rules.policy.Section;
import io.sluice.rules.policy.Values;
import io.sluice.rules.policy.Yaml;
import io.sluice.rules.policy.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code sluice.yaml}. Whatever the text is, the answer is settings or a list of problems, all at once. */
public final class SettingsReader {
    /** Where an installation has them. */
    public static final Path DEFAULT_FILE = Path.of("/etc/sluice/sluice.yaml");

    private static final FileKind KIND = new FileKind("settings file", "settings start with `ports:`");
    private static final PolicyLimits SIZE = new PolicyLimits(256 << 10, 8, 4_000, 1_000, 64, 64, 100);
    private static final Path DEFAULT_DATA = Path.of("/var/lib/sluice");
    private static final int MOST_CPUS = 4096;
    private static final int MOST_FLOWS = 4 << 20;
    private static final long LEAST_MEMORY = 1 << 20;
    private static final Limits DEFAULT_LIMITS = new Limits(65_536, 96L << 20);

    private final Problems problems;
    private final Values values;
    private final Section section;
    private final Path folder;

    private SettingsReader(Yaml.Mapping root, Problems problems, Path folder) {
        this.problems = problems;
        this.values = new Values(problems);
        this.section = new Section(root, SettingsKeys.SETTINGS, "a settings file", problems);
        this.folder = folder;
    }

    /** What came of reading: settings, unless there are errors; and problems, of which warnings may accompany settings. */
    public sealed interface Result {
        /** In the order of the file. */
        List<Problem> problems();

        record Read(Settings settings, List<Problem> problems) implements Result {}

        record Refused(List<Problem> problems) implements Result {}
    }

    /**
     * Reads settings.
     *
     * @param file as the user gave it; relative paths in it are relative to its folder
     */
    public static Result read(Path file, String yaml) {
        Problems problems = new Problems(file.toString(), KIND, SIZE);
        Path folder = file.toAbsolutePath().normalize().resolveSibling("");
        Optional<Settings> settings = YamlReader.read(yaml, problems).flatMap(tree -> {
            if (tree instanceof Yaml.Mapping root) {
                return Optional.of(new SettingsReader(root, problems, folder).settings());
            }
            problems.error(tree.position(), "settings are a map of keys; they start with `ports:`");
            return Optional.empty();
        });
        return settings.isPresent() && !problems.hasErrors()
                ? new Result.Read(settings.get(), problems.sorted())
                : new Result.Refused(problems.sorted());
    }

    /** Everything is read even after an error, so that all problems are found at once. */
    private Settings settings() {
        PortsReader places = new PortsReader(values);
        Map<String, PortSettings> ports = section.require("ports").map(v -> places.ports(v)).orElse(Map.of());
        Path policy = section.require("policy").flatMap(v -> path(v, "policy")).orElse(folder);
        return new Settings(ports, section.find("jump").flatMap(places::jump),
                word("backend", SettingsWords.BACKENDS, Optional.empty()),
                word("pipeline", SettingsWords.PIPELINES, Settings.Shape.AUTO),
                word("idle", SettingsWords.IDLE, Settings.Idle.ADAPTIVE),
                word("offloads", SettingsWords.OFFLOADS, Settings.Offloads.OFF), fallback(), policy,
                section.find("data").flatMap(v -> path(v, "data")).orElse(DEFAULT_DATA),
                open("clock", SettingsKeys.CLOCK).flatMap(s -> s.find("require_sync"))
                        .map(v -> values.flag(v, "require_sync")).orElse(true),
                new ServiceReader(values, this::path).control(open("control", SettingsKeys.CONTROL)),
                new ServiceReader(values, this::path).journal(open("journal", SettingsKeys.JOURNAL)),
                listen("management", SettingsKeys.MANAGEMENT), listen("broker", SettingsKeys.BROKER), cpus(),
                section.find("priority").flatMap(v -> values.number(v, "priority", 0, 99)).orElse(0), limits());
    }

    private <T> T word(String key, Map<String, T> words, T standard) {
        return section.find(key).flatMap(v -> values.word(v, key, words)).orElse(standard);
    }

    private Optional<Section> open(String key, Keys keys) {
        return section.find(key).flatMap(v -> values.map(v, key)).map(map -> new Section(map, keys, "`" + key + "`",
                problems));
    }

    private Optional<String> listen(String key, Keys keys) {
        return open(key, keys).flatMap(s -> s.require("listen"))
                .flatMap(v -> values.parsed(v, "listen", Amounts::listen));
    }

    private Fallback fallback() {
        section.find("fallback").ifPresent(v -> {
            if (v instanceof Yaml.Text text && text.value().equals("l4")) {
                problems.error(text.position(), "`fallback: l4` is not yet supported; use `closed`: traffic stops while"
                        + " Sluice does not run");
            } else {
                values.word(v, "fallback", Map.of("closed", Fallback.CLOSED));
            }
        });
        return Fallback.CLOSED;
    }

    private List<Integer> cpus() {
        List<Integer> cpus = new ArrayList<>();
        for (Yaml value : section.find("cpus").map(v -> values.list(v, "cpus")).orElse(List.of())) {
            values.number(value, "cpus", 0, MOST_CPUS).ifPresent(cpu -> {
                if (cpus.contains(cpu)) {
                    problems.error(value.position(), "processor " + cpu + " is named twice; each packet thread needs"
                            + " one of its own");
                }
                cpus.add(cpu);
            });
        }
        return cpus;
    }

    private Limits limits() {
        return open("limits", SettingsKeys.LIMITS).map(s -> new Limits(
                s.find("flows").flatMap(v -> values.number(v, "flows", 64, MOST_FLOWS)).orElse(DEFAULT_LIMITS.flows()),
                s.find("memory").flatMap(v -> values.parsed(v, "memory", Amounts::memory).filter(m -> enough(m, v)))
                        .orElse(DEFAULT_LIMITS.memoryBytes())))
                .orElse(DEFAULT_LIMITS);
    }

    private boolean enough(long memory, Yaml value) {
        if (memory < LEAST_MEMORY) {
            problems.error(value.position(), "`memory` is too little to hold messages; give at least `1MiB`");
        }
        return memory >= LEAST_MEMORY;
    }

    private Optional<Path> path(Yaml value, String key) {
        return values.text(value, key).flatMap(text -> {
            if (text.value().indexOf('\0') >= 0) {
                problems.error(text.position(), "`" + key + "` cannot be a file's name");
                return Optional.empty();
            }
            return Optional.of(folder.resolve(text.value()).normalize());
        });
    }
}
