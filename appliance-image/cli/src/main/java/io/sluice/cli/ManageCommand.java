package io.sluice.cli;

import io.sluice.manage.ManagementServer;
import io.sluice.manage.Refused;
import io.sluice.manage.settings.ManageSettings;
import io.sluice.manage.settings.ManageSettingsReader;
import io.sluice.manage.store.StoreException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sluice manage}: the management server. */
@Command(name = "manage", sortOptions = false, description = {
        "Serve the pages by which people see the firewall and change its policy, over HTTPS.", "",
        "Runs until it is ended (Ctrl-C, SIGTERM). The firewall enforces whether or not this runs. At the first start it",
        "prints a link that makes the first account.",
        ""}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:ended as asked", "2:wrong usage",
                "3:could not run: settings have problems, the address is taken, the database cannot be used"}, footerHeading = "%nExamples:%n", footer = {
                        "  sluice manage", "  sluice manage --config /etc/sluice/manage.yaml",
                        "  sluice manage --link anna    a new password for somebody who cannot sign in any more"})
final class ManageCommand extends Verb {
    @Option(names = "--config", paramLabel = "FILE", description = "The settings file; /etc/sluice/manage.yaml, where it is there, unless given.")
    private @Nullable Path config;

    @Option(names = "--link", paramLabel = "USER", description = "While it runs, also print a link by which this person sets a new password; the second factor is removed.")
    private @Nullable String link;

    ManageCommand(Console console) {
        super(console);
    }

    @Override
    ExitCode run(Console console) throws IOException, CouldNotRun {
        ManageSettings settings = settings(console);
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        try (ManagementServer server = ManagementServer.start(settings, Version.number(), note -> say(console, note))) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> endBySignal(end, ended)));
            greet(server, console);
            try (Supervised _ = Supervised.ready(System.getenv(), server::answers, note -> say(console, note))) {
                end.await();
            }
        } catch (StoreException e) {
            throw new CouldNotRun(e.sentence());
        } catch (Refused e) {
            throw new CouldNotRun(e.sentence());
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            throw new CouldNotRun(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
        return ExitCode.DONE;
    }

    private void greet(ManagementServer server, Console console) throws Refused {
        say(console, "management listens at " + server.site());
        say(console, "certificate " + (server.certificate().generated() ? "made by this server" : "as the settings say")
                + ", SHA-256 " + server.certificate().fingerprint());
        server.setupLink().ifPresent(first -> say(console, "there is no account yet; make the first one here, once:\n"
                + first));
        if (link != null) {
            say(console, "a link to set a new password for `" + link + "`:\n" + server.passwordLink(link));
        }
        say(console, "ready");
    }

    /** By a signal the JVM must not go before the server has come to rest, and that is no failure. */
    private static void endBySignal(CountDownLatch end, CountDownLatch ended) {
        if (ended.getCount() == 0) {
            return;
        }
        end.countDown();
        try {
            ended.await();
            Runtime.getRuntime().halt(ExitCode.DONE.number());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ManageSettings settings(Console console) throws IOException, CouldNotRun {
        Path file = config == null ? ManageSettingsReader.DEFAULT_FILE : config;
        if (config == null && !Files.exists(file)) {
            return ManageSettings.standard();
        }
        ManageSettingsReader.Result result = ManageSettingsReader.read(file, Files.readString(file));
        result.problems().forEach(problem -> console.err().println(problem));
        return switch (result) {
            case ManageSettingsReader.Result.Read read -> read.settings();
            case ManageSettingsReader.Result.Refused _ ->
                throw new CouldNotRun("settings `" + file + "` have problems");
        };
    }

    private static void say(Console console, String sentence) {
        console.out().println(sentence);
        console.out().flush();
    }
}
