package io.sluice.manage.settings;

import io.sluice.manage.export.ExportSettings;
import io.sluice.manage.export.ExportSettings.Kind;
import io.sluice.manage.query.Filter;
import io.sluice.rules.policy.Problems;
import io.sluice.rules.policy.Section;
import io.sluice.rules.policy.Values;
import io.sluice.rules.policy.Yaml;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code exports:}, a map from the name of each export to what it is. */
final class ExportsReader {
    private static final int MOST = 1_000_000;
    private static final Map<String, Kind> KINDS = kinds();

    private final Values values;
    private final Problems problems;
    private final Path folder;

    ExportsReader(Values values, Problems problems, Path folder) {
        this.values = values;
        this.problems = problems;
        this.folder = folder;
    }

    List<ExportSettings> read(Yaml.Mapping exports) {
        List<ExportSettings> read = new ArrayList<>();
        exports.entries().forEach(entry -> values.map(entry.value(), entry.key().value())
                .flatMap(map -> export(entry.key().value(), map)).ifPresent(read::add));
        return read;
    }

    private Optional<ExportSettings> export(String name, Yaml.Mapping map) {
        Section s = new Section(map, ManageKeys.EXPORT, "the export `" + name + "`", problems);
        Optional<Kind> kind = s.require("kind").flatMap(v -> values.word(v, "kind", KINDS));
        Optional<String> target = s.require("target").flatMap(v -> values.text(v, "target")).map(Yaml.Text::value);
        Optional<Integer> queue = s.find("queue").flatMap(v -> values.number(v, "queue", 1, MOST));
        String filter = s.find("filter").flatMap(v -> values.text(v, "filter")).map(this::filter).orElse("");
        Optional<Path> trust = path(s, "trust");
        Optional<Path> certificate = path(s, "certificate");
        Optional<Path> key = path(s, "key");
        String topic = s.find("topic").flatMap(v -> values.text(v, "topic")).map(Yaml.Text::value).orElse("sluice");
        return kind.isEmpty() || target.isEmpty()
                ? Optional.empty()
                : Optional.of(new ExportSettings(name, kind.get(), target(kind.get(), target.get()), filter,
                        queue.orElse(ExportSettings.QUEUE), trust, certificate, key, topic));
    }

    private String target(Kind kind, String text) {
        return kind == Kind.EVE_FILE ? folder.resolve(text).normalize().toString() : text;
    }

    private String filter(Yaml.Text text) {
        if (Filter.parse(text.value()) instanceof Filter.Result.Refused refused) {
            refused.problems().forEach(p -> problems.error(text.position(), p.sentence()));
        }
        return text.value();
    }

    private Optional<Path> path(Section s, String key) {
        return s.find(key).flatMap(v -> values.text(v, key)).map(text -> folder.resolve(text.value()).normalize());
    }

    private static Map<String, Kind> kinds() {
        Map<String, Kind> words = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            words.put(kind.word(), kind);
        }
        return words;
    }
}
