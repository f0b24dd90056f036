package io.sluice.cli;

import io.sluice.control.ControlClient;
import io.sluice.control.ControlException;
import io.sluice.control.ControlSocket;
import io.sluice.control.v1.ControlGrpc.ControlBlockingStub;
import io.sluice.inline.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Which running Sluice is meant. Where a command has commands below it, they take these options too, for the one object. */
final class SocketOptions {
    @Option(names = "--socket", scope = ScopeType.INHERIT, paramLabel = "PATH", description = "The control socket; /run/sluice/control.sock, or"
            + " what the settings say, unless given.")
    private @Nullable String socket;

    @Option(names = "--config", scope = ScopeType.INHERIT, paramLabel = "FILE", description = "The settings that name the socket;"
            + " /etc/sluice/sluice.yaml, where it is there, unless given.")
    private @Nullable String config;

    /** Connects; the caller closes what is returned. */
    ControlClient open(Console console) throws IOException, CouldNotRun, WrongUsage {
        try {
            return ControlClient.open(path(), note -> console.err().println("sluice: " + note));
        } catch (ControlException e) {
            throw new CouldNotRun(e.sentence());
        }
    }

    /** Connects, makes one call, and takes leave. */
    <A> A call(Console console, Duration patience, Function<ControlBlockingStub, A> call)
            throws IOException, CouldNotRun, WrongUsage {
        try (ControlClient client = open(console)) {
            return client.call(patience, call);
        } catch (ControlException e) {
            throw new CouldNotRun(e.sentence());
        }
    }

    private Path path() throws IOException, CouldNotRun, WrongUsage {
        if (socket != null && config != null) {
            throw new WrongUsage("--socket and --config both say where Sluice is; give one of them");
        }
        if (socket != null) {
            return FileName.of(socket);
        }
        if (config != null) {
            return ofSettings(FileName.of(config));
        }
        return Files.isReadable(SettingsReader.DEFAULT_FILE)
                ? ofSettings(SettingsReader.DEFAULT_FILE)
                : ControlSocket.DEFAULT.path();
    }

    private static Path ofSettings(Path file) throws IOException, CouldNotRun {
        SettingsReader.Result result = SettingsReader.read(file, Files.readString(file));
        return switch (result) {
            case SettingsReader.Result.Read read -> read.settings().control().path();
            case SettingsReader.Result.Refused refused -> throw new CouldNotRun("settings `" + file
                    + "` have problems, the first of them: " + refused.problems().getFirst()
                    + "; give the socket by --socket");
        };
    }
}
