package io.sluice.cli;

import io.sluice.capture.port.PortException;
import io.sluice.control.ControlException;
import io.sluice.inline.Firewall;
import io.sluice.inline.policy.StartException;
import io.sluice.inline.settings.Settings;
import io.sluice.inline.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sluice inline}: the firewall itself. */
@Command(name = "inline", sortOptions = false, description = {
        "Stand between networks: judge every message by the policy, and let through what it allows.", "",
        "Runs until it is ended (Ctrl-C, SIGTERM). Nothing passes before it is ready, and nothing after.",
        ""}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:ended as asked", "2:wrong usage",
                "3:could not run: settings or policy have problems, a port is missing, rights are missing"}, footerHeading = "%nExamples:%n", footer = {
                        "  sluice inline --config /etc/sluice/sluice.yaml"})
final class InlineCommand extends Verb {
    @Option(names = "--config", paramLabel = "FILE", required = true, description = "The settings file, sluice.yaml.")
    private Path config = SettingsReader.DEFAULT_FILE;

    InlineCommand(Console console) {
        super(console);
    }

    @Override
    ExitCode run(Console console) throws IOException, CouldNotRun {
        Settings settings = settings(console);
        String version = Version.number();
        try {
            Firewall firewall = Firewall.open(settings, version, note -> say(console, note));
            CountDownLatch ended = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> endBySignal(firewall, ended)));
            try (firewall) {
                say(console, "ready");
                try (Supervised _ = Supervised.ready(System.getenv(), firewall::answers, note -> say(console, note))) {
                    firewall.run();
                }
            } finally {
                ended.countDown();
            }
        } catch (StartException e) {
            e.problems().forEach(problem -> console.err().println(problem));
            throw new CouldNotRun(e.sentence());
        } catch (PortException | ControlException e) {
            throw new CouldNotRun(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.DONE;
    }

    /**
     * Called when the JVM goes. By a signal, it must not before packets, control and journal have come to rest, and that is no
     * failure, whatever exit code Java gives to signals.
     */
    private static void endBySignal(Firewall firewall, CountDownLatch ended) {
        if (ended.getCount() == 0) {
            return;
        }
        firewall.end();
        try {
            ended.await();
            Runtime.getRuntime().halt(ExitCode.DONE.number());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Settings settings(Console console) throws IOException, CouldNotRun {
        SettingsReader.Result result = SettingsReader.read(config, Files.readString(config));
        result.problems().forEach(problem -> console.err().println(problem));
        return switch (result) {
            case SettingsReader.Result.Read read -> read.settings();
            case SettingsReader.Result.Refused _ -> throw new CouldNotRun("settings `" + config + "` have problems");
        };
    }

    private static void say(Console console, String sentence) {
        console.out().println(sentence);
        console.out().flush();
    }
}
