package io.sluice.inline.settings;

import io.sluice.control.ControlSocket;
import io.sluice.rules.policy.Section;
import io.sluice.rules.policy.Values;
import io.sluice.rules.policy.Yaml;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** Reads {@code control} and {@code journal}. */
final class ServiceReader {
    private static final int MOST_BYTES = 256;
    /** Names of groups as useradd(8) takes them. */
    private static final Pattern GROUP = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,31}");

    private final Values values;
    private final BiFunction<Yaml, String, Optional<Path>> path;

    ServiceReader(Values values, BiFunction<Yaml, String, Optional<Path>> path) {
        this.values = values;
        this.path = path;
    }

    ControlSocket control(Optional<Section> section) {
        ControlSocket standard = ControlSocket.DEFAULT;
        return section.map(s -> new ControlSocket(
                s.find("socket").flatMap(v -> path.apply(v, "socket")).orElse(standard.path()),
                s.find("group").flatMap(this::group).orElse(standard.group()))).orElse(standard);
    }

    private Optional<String> group(Yaml value) {
        return values.text(value, "group").filter(text -> {
            boolean name = GROUP.matcher(text.value()).matches();
            if (!name) {
                values.problems().error(text.position(), "`group` is the name of a group of this system, such as"
                        + " `sluice`");
            }
            return name;
        }).map(Yaml.Text::value);
    }

    JournalSettings journal(Optional<Section> section) {
        JournalSettings standard = JournalSettings.DEFAULT;
        return section.map(s -> new JournalSettings(
                s.find("detail").flatMap(v -> values.word(v, "detail", SettingsWords.DETAIL)).orElse(standard.all()),
                s.find("keep").flatMap(v -> values.parsed(v, "keep", Amounts::time)).orElse(standard.keep()),
                s.find("share").flatMap(v -> values.parsed(v, "share", Amounts::share))
                        .orElse(standard.sharePercent()),
                s.find("bytes").flatMap(v -> values.number(v, "bytes", 0, MOST_BYTES)).orElse(standard.bytes())))
                .orElse(standard);
    }
}
