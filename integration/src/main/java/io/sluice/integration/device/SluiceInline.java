package io.sluice.integration.device;

import io.sluice.control.ControlClient;
import io.sluice.control.ControlException;
import io.sluice.control.v1.ApplyPolicyRequest;
import io.sluice.control.v1.ApplyPolicyResponse;
import io.sluice.control.v1.StatusRequest;
import io.sluice.control.v1.StatusResponse;
import io.sluice.testdata.net.Command;
import io.sluice.testdata.net.Namespace;
import io.sluice.testdata.net.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The firewall as it is shipped: {@code sluice inline}, a process of its own in the namespace of the ports. */
public final class SluiceInline implements DeviceUnderTest {
    /** The name of its control socket, beside the settings. */
    public static final String SOCKET = "control.sock";

    private static final Duration START = Duration.ofMinutes(3), END = Duration.ofSeconds(20),
            COMMAND = Duration.ofSeconds(60);

    private final Namespace namespace;
    private final Path settings;
    private final List<String> saidBefore = new ArrayList<>();
    private List<String> starter = List.of();
    private @Nullable Peer process;
    private @Nullable ControlClient client;

    /** A firewall by its settings, a file {@code sluice.yaml}. */
    public SluiceInline(Namespace namespace, Path settings) {
        this.namespace = namespace;
        this.settings = settings;
    }

    /** Words in front of those that start it, such as {@code env} and variables. */
    public SluiceInline startedBy(String... words) {
        starter = List.of(words);
        return this;
    }

    @Override
    public void start() {
        launch().awaitReady(START);
    }

    /** Starts the process without waiting for anything. */
    public Peer launch() {
        Peer started = namespace.start(words("inline", "--config", settings.toString()));
        process = started;
        return started;
    }

    @Override
    public void stop() {
        Peer running = running();
        running.terminate();
        int code = running.awaitEnd(END);
        ended();
        if (code < 0) {
            throw new IllegalStateException("asked to end, it did not within " + END.toSeconds() + " s; it said:\n  "
                    + String.join("\n  ", said()));
        }
    }

    @Override
    public void kill() {
        running().kill();
        ended();
    }

    private void ended() {
        disconnect();
        saidBefore.addAll(running().said());
        process = null;
    }

    @Override
    public void apply(Path policy) {
        try {
            ApplyPolicyRequest request = ApplyPolicyRequest.newBuilder().setYaml(Files.readString(policy))
                    .setFileName(policy.getFileName().toString()).build();
            ApplyPolicyResponse response = client().call(COMMAND, control -> control.applyPolicy(request));
            if (!response.hasApplied()) {
                throw new IllegalStateException("the policy was not applied: " + response);
            }
        } catch (IOException | ControlException e) {
            throw new IllegalStateException("the policy was not applied", e);
        }
    }

    /** How it stands. */
    public StatusResponse status() throws ControlException {
        return client().call(COMMAND, control -> control.status(StatusRequest.getDefaultInstance()));
    }

    /** What the command line answers that speaks to its socket, a process of its own, such as {@code sessions end --all}. */
    public Command.Result command(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--socket", settings.resolveSibling(SOCKET).toString()));
        return namespace.run(COMMAND, Programs.sluice(List.of("-Xmx64m"), all.toArray(String[]::new)));
    }

    /** What the command line answers that needs no running firewall, such as {@code audit verify}. */
    public Command.Result offline(String... words) {
        return namespace.run(COMMAND, Programs.sluice(List.of("-Xmx128m"), words));
    }

    private ControlClient client() throws ControlException {
        ControlClient open = client == null ? ControlClient.open(settings.resolveSibling(SOCKET)) : client;
        client = open;
        return open;
    }

    private void disconnect() {
        if (client != null) {
            client.close();
            client = null;
        }
    }

    @Override
    public List<String> said() {
        List<String> all = new ArrayList<>(saidBefore);
        if (process != null) {
            all.addAll(process.said());
        }
        return all;
    }

    /** Whether the process runs. */
    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    private Peer running() {
        if (process == null) {
            throw new IllegalStateException("it was not started");
        }
        return process;
    }

    private String[] words(String... arguments) {
        List<String> words = new ArrayList<>(starter);
        words.addAll(List.of(Programs.java(), "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders",
                Programs.SHORT_LIFE, "-Xms32m", "-Xmn16m", "-Xmx256m",
                "-jar", Programs.sluice().toString()));
        words.addAll(List.of(arguments));
        return words.toArray(String[]::new);
    }
}
