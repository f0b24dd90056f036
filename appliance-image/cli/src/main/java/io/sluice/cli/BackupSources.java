package io.sluice.cli;

import io.sluice.cli.backup.Sources;
import io.sluice.inline.settings.Settings;
import io.sluice.inline.settings.SettingsReader;
import io.sluice.manage.settings.ManageSettings;
import io.sluice.manage.settings.ManageSettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is on this machine to be kept: as the settings say, or where an installation has it. */
final class BackupSources {
    private static final Path DATA = Path.of("/var/lib/sluice");

    @Option(names = "--config", paramLabel = "FILE", description = "The firewall's settings; /etc/sluice/sluice.yaml,"
            + " where it is there, unless given.")
    private @Nullable String config;

    @Option(names = "--manage-config", paramLabel = "FILE", description = "The management server's settings;"
            + " /etc/sluice/manage.yaml, where it is there, unless given.")
    private @Nullable String manageConfig;

    @Option(names = "--without-captures", description = "Leave out the captures that people have uploaded.")
    private boolean withoutCaptures;

    @Option(names = "--without-database", description = "Where the settings name a PostgreSQL database: go on without"
            + " it. Copy it with pg_dump.")
    private boolean withoutDatabase;

    private final List<Path> named = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Sources find() throws IOException, CouldNotRun {
        Optional<Path> firewallFile = file(config, SettingsReader.DEFAULT_FILE);
        Optional<Path> manageFile = file(manageConfig, ManageSettingsReader.DEFAULT_FILE);
        Path data = DATA;
        if (firewallFile.isPresent()) {
            Settings settings = firewall(firewallFile.get());
            data = settings.data();
            named.add(firewallFile.get());
            named.add(settings.policy());
        }
        ManageSettings manage = ManageSettings.standard();
        if (manageFile.isPresent()) {
            manage = manage(manageFile.get());
            named.add(manageFile.get());
            files(manage);
        }
        Optional<Path> firewallData = folder(data);
        Optional<Path> manageData = folder(manage.data());
        if (firewallData.isEmpty() && manageData.isEmpty()) {
            throw new CouldNotRun("there is nothing to keep: neither `" + data + "` nor `" + manage.data()
                    + "` is there; if data lies elsewhere, give --config and --manage-config");
        }
        if (manageData.isPresent() && manage.database().isPresent()) {
            database(manage.database().get());
        }
        Optional<Path> settings = firewallFile.or(() -> manageFile).map(file -> file.resolveSibling(""));
        return new Sources(settings, settings.isPresent() ? inside(settings.get()) : List.of(), firewallData,
                manageData, manage.database().isEmpty(), !withoutCaptures, notes);
    }

    private static Optional<Path> file(@Nullable String given, Path standard) throws IOException, CouldNotRun {
        if (given == null) {
            return Files.exists(standard) ? Optional.of(standard.toRealPath()) : Optional.empty();
        }
        return Optional.of(FileName.of(given).toRealPath());
    }

    /** Links are followed here, and nowhere below. */
    private static Optional<Path> folder(Path folder) throws IOException {
        return Files.isDirectory(folder) ? Optional.of(folder.toRealPath()) : Optional.empty();
    }

    private static Settings firewall(Path file) throws IOException, CouldNotRun {
        return switch (SettingsReader.read(file, Files.readString(file))) {
            case SettingsReader.Result.Read read -> read.settings();
            case SettingsReader.Result.Refused no -> throw problems(file, no.problems().getFirst().toString());
        };
    }

    private static ManageSettings manage(Path file) throws IOException, CouldNotRun {
        return switch (ManageSettingsReader.read(file, Files.readString(file))) {
            case ManageSettingsReader.Result.Read read -> read.settings();
            case ManageSettingsReader.Result.Refused no -> throw problems(file, no.problems().getFirst().toString());
        };
    }

    private static CouldNotRun problems(Path file, String first) {
        return new CouldNotRun("settings `" + file + "` have problems, the first of them: " + first);
    }

    private void files(ManageSettings settings) {
        settings.certificate().ifPresent(files -> named.addAll(List.of(files.chain(), files.key())));
        settings.database().flatMap(ManageSettings.Database::passwordFile).ifPresent(named::add);
        settings.provider().flatMap(ManageSettings.Provider::secretFile).ifPresent(named::add);
        settings.metricsToken().ifPresent(named::add);
        settings.watching().vendors().ifPresent(named::add);
        settings.watching().exports().forEach(export -> {
            export.trust().ifPresent(named::add);
            export.certificate().ifPresent(named::add);
            export.key().ifPresent(named::add);
        });
    }

    private void database(ManageSettings.Database database) throws CouldNotRun {
        String what = "accounts and sessions lie in `" + database.url() + "`, which is not in this file";
        if (!withoutDatabase) {
            throw new CouldNotRun(what + "; copy it with `pg_dump`, and run this again with --without-database");
        }
        notes.add(what + ": copy it with `pg_dump`, at about the same time");
    }

    /** What is put back lies below one folder; of the rest somebody has to take care. */
    private List<Path> inside(Path folder) throws IOException {
        List<Path> all = new ArrayList<>();
        for (Path file : named.stream().map(path -> path.toAbsolutePath().normalize()).distinct().toList()) {
            Path real = real(file);
            if (!real.startsWith(folder)) {
                notes.add("`" + file + "`, which the settings name, lies outside of `" + folder
                        + "` and is not in this file: keep a copy of it");
            } else if (!Files.isRegularFile(real)) {
                notes.add("`" + file + "`, which the settings name, is not there");
            } else if (!all.contains(real)) {
                all.add(real);
            }
        }
        return all;
    }

    private static Path real(Path file) throws IOException {
        try {
            return file.toRealPath();
        } catch (NoSuchFileException missing) {
            return file;
        }
    }
}
