package io.sluice.manage.settings;

import io.sluice.manage.settings.ManageSettings.Broker;
import io.sluice.manage.settings.ManageSettings.CertificateFiles;
import io.sluice.manage.settings.ManageSettings.Database;
import io.sluice.manage.settings.ManageSettings.Listen;
import io.sluice.manage.settings.ManageSettings.Sessions;
import io.sluice.manage.settings.ManageSettings.Watching;
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
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code manage.yaml}. Whatever the text is, the answer is settings or a list of problems, all at once. */
public final class ManageSettingsReader {
    /** Where an installation has them. */
    public static final Path DEFAULT_FILE = Path.of("/etc/sluice/manage.yaml");

    private static final FileKind KIND = new FileKind("settings file", "settings start with `listen:`");
    private static final PolicyLimits SIZE = new PolicyLimits(256 << 10, 8, 4_000, 1_000, 64, 64, 100);
    private static final Map<String, Boolean> FACTOR = Map.of("demanded", true, "optional", false);
    private static final Map<String, Boolean> ALLOWED = Map.of("allowed", true, "off", false);
    private static final Map<String, String> ROLES = roles();

    private final Problems problems;
    private final Values values;
    private final Section section;
    private final Path folder;

    private ManageSettingsReader(Yaml.Mapping root, Problems problems, Path folder) {
        this.problems = problems;
        this.values = new Values(problems);
        this.section = new Section(root, ManageKeys.SETTINGS, "a settings file", problems);
        this.folder = folder;
    }

    /** What came of reading: settings, unless there are errors; and problems, of which warnings may accompany settings. */
    public sealed interface Result {
        /** In the order of the file. */
        List<Problem> problems();

        record Read(ManageSettings settings, List<Problem> problems) implements Result {}

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
        Optional<ManageSettings> settings = YamlReader.read(yaml, problems).flatMap(tree -> {
            if (tree instanceof Yaml.Mapping root) {
                return Optional.of(new ManageSettingsReader(root, problems, folder).settings());
            }
            problems.error(tree.position(), "settings are a map of keys; they start with `listen:`");
            return Optional.empty();
        });
        return settings.isPresent() && !problems.hasErrors()
                ? new Result.Read(settings.get(), problems.sorted())
                : new Result.Refused(problems.sorted());
    }

    /** Everything is read even after an error, so that all problems are found at once. */
    private ManageSettings settings() {
        return new ManageSettings(
                section.find("listen").flatMap(v -> values.parsed(v, "listen", ManageAmounts::listen))
                        .orElse(ManageSettings.DEFAULT_LISTEN),
                section.find("site").flatMap(v -> values.parsed(v, "site", ManageAmounts::site)),
                path(section, "data").orElse(ManageSettings.DEFAULT_DATA),
                path(section, "journal").orElse(ManageSettings.DEFAULT_JOURNAL),
                open("control", ManageKeys.CONTROL).flatMap(s -> path(s, "socket"))
                        .orElse(ManageSettings.DEFAULT_CONTROL),
                open("certificate", ManageKeys.CERTIFICATE).flatMap(this::certificate),
                open("database", ManageKeys.DATABASE).flatMap(this::database),
                open("sessions", ManageKeys.SESSIONS).map(this::sessions).orElse(Sessions.DEFAULT),
                section.find("second_factor").flatMap(v -> values.word(v, "second_factor", FACTOR)).orElse(false),
                open("oidc", ManageKeys.OIDC).flatMap(this::provider),
                open("metrics", ManageKeys.METRICS).flatMap(s -> required(s, "token_file")),
                open("replay", ManageKeys.REPLAY).flatMap(s -> s.find("largest"))
                        .flatMap(v -> values.parsed(v, "largest", ManageAmounts::size))
                        .orElse(ManageSettings.DEFAULT_LARGEST_CAPTURE),
                open("broker", ManageKeys.BROKER).flatMap(this::broker), watching());
    }

    private Optional<Section> open(String key, Keys keys) {
        return section.find(key).flatMap(v -> values.map(v, key)).map(map -> new Section(map, keys, "`" + key + "`",
                problems));
    }

    private Watching watching() {
        ExportsReader exports = new ExportsReader(values, problems, folder);
        return new Watching(
                open("alerts", ManageKeys.ALERTS).map(s -> new AlertsReader(values, problems).read(s))
                        .orElse(Watching.DEFAULT.alerts()),
                section.find("active_identification").flatMap(v -> values.word(v, "active_identification", ALLOWED))
                        .orElse(false),
                section.find("exports").flatMap(v -> values.map(v, "exports")).map(exports::read).orElse(List.of()),
                open("assets", ManageKeys.ASSETS).flatMap(s -> path(s, "vendors")));
    }

    private Optional<Broker> broker(Section s) {
        Optional<Listen> listen = s.require("listen").flatMap(v -> values.parsed(v, "listen", ManageAmounts::listen));
        Optional<String> name = s.find("name").flatMap(v -> values.parsed(v, "name", ManageAmounts::host));
        String jump = s.find("interface").flatMap(v -> values.name(v, "interface"))
                .orElse(ManageSettings.DEFAULT_JUMP_INTERFACE);
        return listen.map(l -> new Broker(l, name, jump));
    }

    private Optional<CertificateFiles> certificate(Section s) {
        Optional<Path> chain = required(s, "chain");
        Optional<Path> key = required(s, "key");
        return chain.isPresent() && key.isPresent()
                ? Optional.of(new CertificateFiles(chain.get(), key.get()))
                : Optional.empty();
    }

    private Optional<Database> database(Section s) {
        Optional<String> url = s.require("url").flatMap(v -> values.parsed(v, "url", ManageAmounts::database));
        Optional<String> user = text(s, "user");
        Optional<Path> password = path(s, "password_file");
        return url.map(u -> new Database(u, user.orElse("sluice"), password));
    }

    private Sessions sessions(Section s) {
        Sessions read = new Sessions(time(s, "idle", Sessions.DEFAULT.idle()),
                time(s, "longest", Sessions.DEFAULT.longest()));
        if (read.idle().compareTo(read.longest()) > 0) {
            problems.error(s.position(), "`idle` is longer than `longest`; a session cannot be idle for longer than it"
                    + " lasts");
        }
        return read;
    }

    private Duration time(Section s, String key, Duration standard) {
        return s.find(key).flatMap(v -> values.parsed(v, key, ManageAmounts::time)).orElse(standard);
    }

    private Optional<ManageSettings.Provider> provider(Section s) {
        Optional<String> issuer = s.require("issuer").flatMap(v -> values.parsed(v, "issuer", ManageAmounts::issuer));
        Optional<String> client = s.require("client").flatMap(v -> values.text(v, "client")).map(Yaml.Text::value);
        Map<String, List<String>> roles = new LinkedHashMap<>();
        s.require("roles").flatMap(v -> values.map(v, "roles")).map(Yaml.Mapping::entries).orElse(List.of())
                .forEach(entry -> roles.put(entry.key().value(),
                        values.oneOrMore(entry.value(), "roles").stream()
                                .flatMap(role -> values.word(role, "roles", ROLES).stream()).toList()));
        Optional<Path> secret = path(s, "secret_file");
        String name = text(s, "name").orElse("Single sign-on");
        String claim = text(s, "group_claim").orElse("groups");
        return issuer.isPresent() && client.isPresent()
                ? Optional.of(new ManageSettings.Provider(name, issuer.get(), client.get(), secret, claim, roles))
                : Optional.empty();
    }

    private static Map<String, String> roles() {
        Map<String, String> words = new LinkedHashMap<>();
        for (String role : List.of("viewer", "operator", "requester", "approver", "observer", "auditor",
                "administrator")) {
            words.put(role, role);
        }
        return words;
    }

    private Optional<String> text(Section s, String key) {
        return s.find(key).flatMap(v -> values.text(v, key)).map(Yaml.Text::value);
    }

    private Optional<Path> required(Section s, String key) {
        return s.require(key).flatMap(v -> path(v, key));
    }

    private Optional<Path> path(Section s, String key) {
        return s.find(key).flatMap(v -> path(v, key));
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
