package io.sluice.cli;

import io.sluice.control.ControlClient;
import io.sluice.control.ControlException;
import io.sluice.control.v1.StatusRequest;
import io.sluice.control.v1.StatusResponse;
import io.sluice.inline.settings.Settings;
import io.sluice.inline.settings.SettingsReader;
import io.sluice.manage.settings.ManageSettings;
import io.sluice.manage.settings.ManageSettingsReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a support bundle, by what is allowed in, not by what is taken out: nothing is copied but settings, whose
 * secrets are in files of their own, and of those comments and passwords within addresses are left out.
 */
final class SupportBundle {
    private static final Path DATA = Path.of("/var/lib/sluice");
    private static final Path SOCKET = Path.of("/run/sluice/control.sock");
    private static final Pattern COMMENT = Pattern.compile("(?m)(^|[ \\t])#.*$");
    private static final Pattern PARAMETERS = Pattern.compile("\\?[^\\s\"'}\\],]*");
    private static final Pattern USER = Pattern.compile("://[^/\\s\"'@]*@");
    private static final String NOBODY = "(left out)";
    private static final int MOST_SETTINGS = 1 << 20;

    private final Map<String, String> files = new LinkedHashMap<>();

    private interface Writing {
        void to(PrintStream out) throws IOException;
    }

    /** What cannot be found out is said in its place: this runs where something is broken. */
    void fill(@Nullable Path config, @Nullable Path manageConfig) {
        Path firewallFile = config == null ? SettingsReader.DEFAULT_FILE : config;
        Path manageFile = manageConfig == null ? ManageSettingsReader.DEFAULT_FILE : manageConfig;
        Optional<Settings> firewall = firewall(firewallFile);
        ManageSettings manage = manage(manageFile).orElse(ManageSettings.standard());
        Path data = firewall.map(Settings::data).orElse(DATA);
        add("version.txt", out -> List.of(new Version().getVersion()).forEach(out::println));
        add("machine.txt", out -> SupportFacts.machine(List.of(data, manage.data()), out));
        add("settings/sluice.yaml", out -> out.print(cleaned(firewallFile)));
        add("settings/manage.yaml", out -> out.print(cleaned(manageFile)));
        add("status.txt", out -> status(firewall.map(s -> s.control().path()).orElse(SOCKET), out));
        add("policy.txt", out -> SupportFacts.policy(data, out));
        add("journal.txt", out -> SupportFacts.journal(data.resolve("journal"), out));
        add("files.txt", out -> SupportFacts.files(List.of(data, manage.data()), out));
        if (manage.database().isEmpty()) {
            add("database.txt", out -> SupportFacts.database(manage.data(), out));
        }
    }

    private void add(String name, Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            try {
                writing.to(out);
            } catch (NoSuchFileException e) {
                out.println("not there: `" + e.getFile() + "`");
            } catch (FileSystemException e) {
                out.println("cannot be read: `" + e.getFile() + "`");
            } catch (IOException | UncheckedIOException e) {
                out.println("cannot be told: " + e.getMessage());
            }
        }
        files.put(name, bytes.toString(StandardCharsets.UTF_8));
    }

    private Optional<Settings> firewall(Path file) {
        Settings[] found = new Settings[1];
        problems("settings/problems.txt", file, text -> {
            SettingsReader.Result result = SettingsReader.read(file, text);
            if (result instanceof SettingsReader.Result.Read read) {
                found[0] = read.settings();
            }
            return result.problems().stream().map(Object::toString).toList();
        });
        return Optional.ofNullable(found[0]);
    }

    private Optional<ManageSettings> manage(Path file) {
        ManageSettings[] found = new ManageSettings[1];
        problems("settings/manage-problems.txt", file, text -> {
            ManageSettingsReader.Result result = ManageSettingsReader.read(file, text);
            if (result instanceof ManageSettingsReader.Result.Read read) {
                found[0] = read.settings();
            }
            return result.problems().stream().map(Object::toString).toList();
        });
        return Optional.ofNullable(found[0]);
    }

    private interface Reading {
        List<String> problems(String text);
    }

    private void problems(String name, Path file, Reading reading) {
        try {
            List<String> problems = reading.problems(text(file));
            if (!problems.isEmpty()) {
                add(name, out -> problems.forEach(problem -> out.println(cleaned(problem))));
            }
        } catch (IOException e) {
            // the copy of the file says so
        }
    }

    private static String text(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST_SETTINGS), StandardCharsets.UTF_8);
        }
    }

    private static String cleaned(Path file) throws IOException {
        return cleaned(text(file));
    }

    /** Without comments, which may have anything in them, and without what an address may carry along. */
    static String cleaned(String text) {
        String without = COMMENT.matcher(text).replaceAll("");
        return USER.matcher(PARAMETERS.matcher(without).replaceAll("?(left out)")).replaceAll("://(left out)@");
    }

    private static void status(Path socket, PrintStream out) {
        try (ControlClient client = ControlClient.open(socket, out::println)) {
            StatusResponse status = client.call(c -> c.status(StatusRequest.getDefaultInstance()));
            StatusResponse.Builder without = status.toBuilder();
            without.getActiveBuilder().setWho(NOBODY);
            if (status.hasPending()) {
                without.getPendingBuilder().setWho(NOBODY);
            }
            new StatusText(without.build(), out).print();
        } catch (ControlException e) {
            out.println(e.sentence());
        }
    }

    Set<String> names() {
        return files.keySet();
    }

    void write(Path file) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file, StandardOpenOption.WRITE))) {
            for (Map.Entry<String, String> one : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(one.getKey()));
                zip.write(one.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
    }
}
