package io.sluice.capture.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Against a datagram socket of another process, as a service manager has one; Java itself cannot make any. */
@DisabledOnOs({OS.WINDOWS, OS.MAC})
@Timeout(60)
class ServiceManagerTest {
    private static final long PROCESS = 4711;
    private static final String LISTENER = """
            import socket, sys
            name = sys.argv[1]
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.bind('\\0' + name[1:] if name[0] == '@' else name)
            print('listening', flush=True)
            while True:
                print(s.recv(100).decode(), flush=True)
            """;

    @TempDir
    Path folder;

    @Test
    void hearsOfStartWorkAndEndAtAPath() throws IOException {
        hears(folder.resolve("notify").toString());
    }

    @Test
    void hearsOfStartWorkAndEndAtAnAbstractName() throws IOException {
        hears("@sluice-test-" + ProcessHandle.current().pid());
    }

    private static void hears(String name) throws IOException {
        Process listener = new ProcessBuilder("python3", "-c", LISTENER, name).redirectErrorStream(true).start();
        try (BufferedReader heard = listener.inputReader()) {
            assertEquals("listening", heard.readLine());
            ServiceManager manager = manager(Map.of("NOTIFY_SOCKET", name)).orElseThrow();
            assertTrue(manager.ready());
            assertTrue(manager.alive());
            assertTrue(manager.stopping());
            assertEquals("READY=1", heard.readLine());
            assertEquals("WATCHDOG=1", heard.readLine());
            assertEquals("STOPPING=1", heard.readLine());
        } finally {
            listener.destroyForcibly();
        }
    }

    @Test
    void saysThatNobodyListens() {
        ServiceManager gone = manager(Map.of("NOTIFY_SOCKET", folder.resolve("gone").toString())).orElseThrow();
        assertFalse(gone.ready());
    }

    @Test
    void isMissingWhereNoneOrNoneThatCanBeUsedIsNamed() {
        assertTrue(manager(Map.of()).isEmpty());
        assertTrue(manager(Map.of("NOTIFY_SOCKET", "vsock:2:1234")).isEmpty());
        assertTrue(manager(Map.of("NOTIFY_SOCKET", "/" + "x".repeat(107))).isEmpty());
    }

    @Test
    void waitsAsLongAsItSaysAndOnlyForTheProcessThatItMeans() {
        assertEquals(Optional.of(Duration.ofSeconds(30)), watchdog(Map.of("WATCHDOG_USEC", "30000000")));
        assertEquals(Optional.of(Duration.ofSeconds(30)),
                watchdog(Map.of("WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "4711")));
        assertEquals(Optional.empty(), watchdog(Map.of("WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "1")));
        assertEquals(Optional.empty(), watchdog(Map.of("WATCHDOG_USEC", "soon")));
        assertEquals(Optional.empty(), watchdog(Map.of()));
    }

    private static Optional<Duration> watchdog(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("NOTIFY_SOCKET", "/run/systemd/notify");
        return manager(environment).orElseThrow().watchdog();
    }

    private static Optional<ServiceManager> manager(Map<String, String> environment) {
        return ServiceManager.of(environment, PROCESS);
    }
}
