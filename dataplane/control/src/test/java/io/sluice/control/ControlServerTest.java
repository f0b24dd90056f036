package io.sluice.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.control.v1.ApplyPolicyRequest;
import io.sluice.control.v1.ConfirmRequest;
import io.sluice.control.v1.EventsRequest;
import io.sluice.control.v1.StatusRequest;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import jdk.net.UnixDomainPrincipal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The real server and the real client over a real socket. */
class ControlServerTest {
    /** A group that every Linux has. */
    private static final String GROUP = "daemon";

    @TempDir
    Path folder;

    private final List<String> reports = new CopyOnWriteArrayList<>();
    private Path path = Path.of("");

    @BeforeEach
    void name() {
        path = folder.resolve("run/control.sock");
    }

    @Test
    void aCallIsAnsweredAndTheKernelSaysWhoAsks() throws Exception {
        try (ControlServer server = serve(); ControlClient client = ControlClient.open(path)) {
            String user = client.call(c -> c.status(StatusRequest.getDefaultInstance())).getVersion();
            assertEquals(System.getProperty("user.name"), user);
            assertEquals(0, server.refusedPeers());
        }
        assertEquals(List.of(), reports);
    }

    @Test
    void onlyOwnerAndGroupMayReachTheSocketAndItIsGoneAfterwards() throws Exception {
        try (ControlServer _ = serve()) {
            assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
            assertEquals(GROUP, Files.readAttributes(path, PosixFileAttributes.class).group()
                    .getName());
        }
        try (var left = Files.list(path.resolveSibling(""))) {
            assertEquals(List.of(), left.toList());
        }
    }

    // A fresh installation has no group yet; that must not open the socket to more people, nor stop the firewall.
    @Test
    void aGroupThatIsMissingLeavesTheSocketToItsOwner() throws Exception {
        try (ControlServer _ = ControlServer.start(new ControlSocket(path, "no-such-group"), new EchoService(),
                reports::add)) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        }
        assertTrue(reports.getFirst().contains("there is no group `no-such-group`"), reports.toString());
    }

    // A firewall is not started again because somebody forgot to make a group first.
    @Test
    void aGroupThatIsMadeLaterMayGiveOrdersAndOneThatIsDeletedMayNot() throws Exception {
        AtomicReference<Optional<GroupPrincipal>> known = new AtomicReference<>(Optional.empty());
        PeerRules rules = new PeerRules(GROUP, PeerRules.GROUPS, _ -> known.get());
        try (ControlServer server = ControlServer.start(new ControlSocket(path, GROUP), rules, new EchoService(),
                reports::add)) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
            assertTrue(reports.getFirst().endsWith("make it by `groupadd --system daemon`"), reports.toString());
            known.set(Optional.of(FileSystems.getDefault().getUserPrincipalLookupService()
                    .lookupPrincipalByGroupName(GROUP)));
            awaitPermissions("rw-rw----");
            assertEquals(GROUP, Files.readAttributes(path, PosixFileAttributes.class).group().getName());
            if (canBecomeOthers()) {
                assertEquals("greeted", as("65534", "1"));
                assertEquals(0, server.refusedPeers());
            }
            known.set(Optional.empty());
            awaitPermissions("rw-------");
            try (ControlClient client = ControlClient.open(path)) {
                client.call(c -> c.status(StatusRequest.getDefaultInstance()));
            }
            if (canBecomeOthers()) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
                assertEquals("closed", as("65534", "1"));
            }
        }
        assertEquals(List.of("the group `daemon` is there now: its members may give orders",
                "there is no group `daemon` any more, so only root and the user of this process may give orders"),
                reports.subList(1, 3));
    }

    private void awaitPermissions(String wanted) throws Exception {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (!PosixFilePermissions.toString(Files.getPosixFilePermissions(path)).equals(wanted)) {
            assertTrue(System.nanoTime() < deadline, "the rights of the socket do not change");
            Thread.sleep(20);
        }
    }

    // A machine that starts up, or is busy otherwise, answers late.
    @Test
    void aServerThatTakesItsTimeIsWaitedForAndThatIsSaid() throws Exception {
        Files.createDirectories(path.resolveSibling(""));
        List<String> notes = new CopyOnWriteArrayList<>();
        try (ServerSocketChannel slow = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            slow.bind(UnixDomainSocketAddress.of(path));
            Thread.ofPlatform().daemon().start(() -> {
                try (SocketChannel client = slow.accept()) {
                    Thread.sleep(3_000);
                    client.write(ByteBuffer.allocate(1));
                } catch (IOException | InterruptedException e) {
                    notes.add(String.valueOf(e));
                }
            });
            FirstContact.make(path, FirstContact.PATIENCE, notes::add);
            assertEquals(List.of("waiting up to 30 s for Sluice at `" + path
                    + "` to answer: it was connected to and has not said a word yet"), notes);
            String sentence = assertThrows(ControlException.class,
                    () -> FirstContact.make(path, Duration.ofSeconds(1), notes::add)).sentence();
            assertTrue(sentence.contains("has said nothing for 1 s: is it Sluice"), sentence);
        }
    }

    @Test
    void aSocketThatAKilledProcessLeftBehindIsReplaced() throws Exception {
        Files.createDirectories(path.resolveSibling(""));
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(path));
        }
        assertTrue(Files.exists(path), "closing a channel leaves its file");
        try (ControlServer _ = serve(); ControlClient client = ControlClient.open(path)) {
            client.call(c -> c.status(StatusRequest.getDefaultInstance()));
        }
    }

    @Test
    void aSecondServerIsRefusedAndTheFirstGoesOn() throws Exception {
        try (ControlServer _ = serve(); ControlClient client = ControlClient.open(path)) {
            String sentence = assertThrows(ControlException.class, this::serve).sentence();
            assertTrue(sentence.startsWith("Sluice is running already: somebody answers at"), sentence);
            client.call(c -> c.status(StatusRequest.getDefaultInstance()));
        }
    }

    @Test
    void aFileThatIsNotASocketIsLeftAlone() throws IOException {
        Files.createDirectories(path.resolveSibling(""));
        Files.writeString(path, "precious");
        String sentence = assertThrows(ControlException.class, this::serve).sentence();
        assertTrue(sentence.contains("is not a socket"), sentence);
        assertTrue(Files.exists(path));
    }

    @Test
    void aPathTooLongForASocketIsSaidToBe() {
        path = folder.resolve("x".repeat(110));
        assertTrue(assertThrows(ControlException.class, this::serve).sentence().contains("too long"));
    }

    @Test
    void strangersAreRefusedBeforeTheySpeakAndCounted() throws Exception {
        PeerRules nobody = new PeerRules(GROUP, PeerRules.GROUPS) {
            @Override
            boolean allows(@Nullable UnixDomainPrincipal peer) {
                return false;
            }
        };
        try (ControlServer server = ControlServer.start(new ControlSocket(path, GROUP), nobody, new EchoService(),
                reports::add)) {
            String sentence = assertThrows(ControlException.class, () -> ControlClient.open(path)).sentence();
            assertEquals("user `" + System.getProperty("user.name") + "` may not give orders to Sluice at `" + path
                    + "`; root may, and members of the group `daemon`: use sudo, or have yourself added to the group"
                    + " and log in again", sentence);
            assertEquals(1, server.refusedPeers());
        }
        assertEquals(List.of("user `" + System.getProperty("user.name")
                + "` tried to connect to the control socket and was refused"), reports);
    }

    @Test
    @EnabledIf(value = "canBecomeOthers", disabledReason = "only root can become another user")
    void anotherUserIsRefusedAndAMemberOfTheGroupIsNot() throws Exception {
        try (ControlServer server = serve()) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
            assertEquals("closed", as("65534", "65534"));
            assertEquals(1, server.refusedPeers());
            assertEquals("greeted", as("65534", "1"));
            assertEquals(1, server.refusedPeers());
        }
    }

    static boolean canBecomeOthers() {
        return System.getProperty("user.name").equals("root") && Files.isExecutable(Path.of("/usr/bin/setpriv"));
    }

    /** What a process of another user hears when it connects. */
    private String as(String user, String group) throws Exception {
        for (Path open = path.getParent(); open != null && !open.equals(Path.of("/tmp")); open = open.getParent()) {
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Path source = Files.writeString(folder.resolve("Stranger.java"), STRANGER);
        Process process = new ProcessBuilder("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), source.toString(),
                path.toString()).redirectErrorStream(true).start();
        String heard = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return heard;
    }

    private static final String STRANGER = """
            import java.net.StandardProtocolFamily;
            import java.net.UnixDomainSocketAddress;
            import java.nio.ByteBuffer;
            import java.nio.channels.SocketChannel;

            class Stranger {
                public static void main(String... arguments) throws Exception {
                    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                        channel.connect(UnixDomainSocketAddress.of(arguments[0]));
                        System.out.println(channel.read(ByteBuffer.allocate(1)) > 0 ? "greeted" : "closed");
                    }
                }
            }
            """;

    @Test
    void aPolicyOfSixteenMebibytesArrivesWhole() throws Exception {
        try (ControlServer _ = serve(); ControlClient client = ControlClient.open(path)) {
            var request = ApplyPolicyRequest.newBuilder().setYaml("x".repeat(16 << 20)).build();
            assertEquals(16 << 20, client.call(c -> c.applyPolicy(request)).getProblems(0).getLine());
        }
    }

    @Test
    void eventsStreamUntilTheReaderHasEnough() throws Exception {
        try (ControlServer _ = serve(); ControlClient client = ControlClient.open(path)) {
            List<Long> seen = new ArrayList<>();
            client.events(EventsRequest.getDefaultInstance(), answer -> {
                seen.add(answer.getEvent().getAtNanos());
                return true;
            });
            assertEquals(1000, seen.size());
            assertEquals(999, seen.getLast());
            seen.clear();
            client.events(EventsRequest.getDefaultInstance(), answer -> {
                seen.add(answer.getEvent().getAtNanos());
                return seen.size() < 10;
            });
            assertEquals(10, seen.size());
        }
    }

    @Test
    void aBugOfTheServiceEndsInASentenceAndTheServerGoesOn() throws Exception {
        try (ControlServer _ = serve(); ControlClient client = ControlClient.open(path)) {
            String sentence = failure(client, "bug");
            assertTrue(sentence.contains("this is a bug in Sluice: Confirm failed by"), sentence);
            assertEquals(1, reports.size());
            client.call(c -> c.status(StatusRequest.getDefaultInstance()));
        }
    }

    @Test
    void aStatusIsPassedOnInWords() throws Exception {
        try (ControlServer _ = serve(); ControlClient client = ControlClient.open(path)) {
            assertEquals("Sluice at `" + path + "` refused the call: a hash has 64 digits", failure(client, "status"));
        }
    }

    @Test
    void anAnswerThatDoesNotComeIsNotWaitedForForever() throws Exception {
        try (ControlServer _ = serve(); ControlClient client = ControlClient.open(path)) {
            var request = ConfirmRequest.newBuilder().setHash("silence").build();
            String sentence = assertThrows(ControlException.class,
                    () -> client.call(Duration.ofSeconds(1), c -> c.confirm(request))).sentence();
            assertTrue(sentence.contains("did not answer within 1 s"), sentence);
        }
    }

    @Test
    void aServerThatStopsIsNoticed() throws Exception {
        ControlServer server = serve();
        try (ControlClient client = ControlClient.open(path)) {
            client.call(c -> c.status(StatusRequest.getDefaultInstance()));
            server.close();
            String sentence = assertThrows(ControlException.class,
                    () -> client.call(c -> c.status(StatusRequest.getDefaultInstance()))).sentence();
            assertTrue(sentence.contains("went away"), sentence);
        }
        assertFalse(Files.exists(path));
    }

    @Test
    void nobodyThereIsSaidInWords() {
        String sentence = assertThrows(ControlException.class, () -> ControlClient.open(path)).sentence();
        assertTrue(sentence.startsWith("Sluice is not running here: no one answers at `" + path + "`"), sentence);
    }

    private ControlServer serve() throws ControlException {
        return ControlServer.start(new ControlSocket(path, GROUP), new EchoService(), reports::add);
    }

    private static String failure(ControlClient client, String hash) {
        var request = ConfirmRequest.newBuilder().setHash(hash).build();
        return assertThrows(ControlException.class, () -> client.call(c -> c.confirm(request))).sentence();
    }
}
