package io.sluice.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.capture.CaptureReader;
import io.sluice.engine.Anomaly;
import io.sluice.engine.Engine;
import io.sluice.engine.EngineLimits;
import io.sluice.engine.EngineListener;
import io.sluice.engine.Flow;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Packet;
import io.sluice.engine.Profile;
import io.sluice.engine.words.Words;
import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.policy.Network;
import io.sluice.rules.policy.PolicyReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a session leaves behind is judged as the session was. */
class RecordingTest {
    private static final String PLC = "127.0.0.2";

    @TempDir
    Path folder;

    /** Everything that an observer says of a recording. */
    static final class Observer implements EngineListener {
        final List<String> messages = new ArrayList<>();
        final List<Anomaly> anomalies = new ArrayList<>();

        @Override
        public void message(MessageEvent event) {
            messages.add((event.fromClient() ? "asks " : "answers ") + (event.request() ? Words.does(event) : "") + " "
                    + (event.allowed() ? "allowed" : event.reason().word()));
        }

        @Override
        public void anomaly(Anomaly anomaly, Packet packet, @Nullable Flow flow) {
            anomalies.add(anomaly);
        }
    }

    static Observer judged(Path recording, String policy) throws Exception {
        if (!(PolicyReader.read("jump.yaml", policy) instanceof PolicyReader.Result.Read read)
                || !(PolicyCompiler.compile(read.policy(), "0", List.of(Network.parse("127.0.0.1/32")
                        .orElseThrow())) instanceof PolicyCompiler.Result.Compiled compiled)) {
            throw new AssertionError(policy);
        }
        Observer observer = new Observer();
        try (CaptureReader reader = CaptureReader.open(recording);
                Engine engine = new Engine(compiled.policy(), Profile.OBSERVE, EngineLimits.DEFAULT, observer)) {
            while (reader.next()) {
                engine.accept(reader.bytes(), reader.at(), reader.captured(), reader.wire(), reader.linkType(),
                        reader.number(), reader.epochNanos());
            }
            engine.finish();
        }
        return observer;
    }

    private static void ask(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(HexFormat.of().parseHex(request));
        byte[] head = socket.getInputStream().readNBytes(6);
        socket.getInputStream().readNBytes(head[5] & 255);
    }

    @Test
    void aRecordingGivesTheVerdictsOfTheSession() throws Exception {
        Path recordings = folder.resolve("recordings");
        try (Device device = new Device(PLC)) {
            Lobby lobby = new Lobby(Lobby.modbus(PLC, device.port()), PLC, device.port());
            lobby.recorded = true;
            lobby.rules = Optional.empty();
            try (Gateway gateway = Gateway.start(new GatewaySettings(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), folder.resolve("key"),
                    Optional.of(recordings), GatewayLimits.DEFAULT), lobby)) {
                int local = Ssh.free();
                try (Ssh ssh = new Ssh(folder, gateway, "once-only", "-N", "-L",
                        "127.0.0.1:" + local + ":plc:" + device.port()); Socket socket = ssh.connect(local)) {
                    ask(socket, "000100000006010300000001");
                    ask(socket, "000200000006010600640007"); // 100 = 7
                    ask(socket, "000300000006010600820007"); // 130: beyond the conduit
                    ask(socket, "000400000006010500010000"); // a coil
                    ask(socket, "0005000000060103000000" + "7d"); // 125 registers
                }
                for (int i = 0; i < 200 && !lobby.told.contains("disconnected closed"); i++) {
                    LockSupport.parkNanos(25_000_000);
                }
                assertTrue(lobby.told.contains("closed 1 closed 3/2"), lobby.told::toString);
            }
            Path recording = only(recordings);
            assertEquals(Optional.of(recording), Objects.requireNonNull(lobby.connection).recorded());
            Observer observer = judged(recording, lobby.text);
            assertEquals(List.of("asks read unit 1 holding 0 allowed", "answers  allowed",
                    "asks write unit 1 holding 100 = 7 allowed", "answers  allowed",
                    "asks write unit 1 holding 130 = 7 default", "asks write unit 1 coil 1 = 0 default",
                    "asks read unit 1 holding 0..124 allowed", "answers  allowed"), observer.messages);
            assertEquals(List.of(), observer.anomalies, "frames and connections as in a capture");
            assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(recording)));
        }
    }

    @Test
    void aSessionThatMustBeRecordedAndCannotBeOpensNothing() throws Exception {
        try (Device device = new Device(PLC)) {
            Lobby lobby = new Lobby(Lobby.modbus(PLC, device.port()), PLC, device.port());
            lobby.recorded = true;
            Path file = Files.createFile(folder.resolve("a-file"));
            try (Gateway gateway = Gateway.start(new GatewaySettings(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), folder.resolve("key"),
                    Optional.of(file), GatewayLimits.DEFAULT), lobby)) {
                int local = Ssh.free();
                try (Ssh ssh = new Ssh(folder, gateway, "once-only", "-N", "-L",
                        "127.0.0.1:" + local + ":plc:" + device.port()); Socket socket = ssh.connect(local)) {
                    assertEquals(-1, socket.getInputStream().read());
                    for (int i = 0; i < 200 && !lobby.told.contains("attempted not-recorded"); i++) {
                        LockSupport.parkNanos(25_000_000);
                    }
                    assertTrue(lobby.told.contains("attempted not-recorded"), lobby.told::toString);
                }
            }
        }
    }

    private static Path only(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertEquals(1, all.size(), all::toString);
            return all.getFirst();
        }
    }
}
