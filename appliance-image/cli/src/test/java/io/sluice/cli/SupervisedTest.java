package io.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Against a datagram socket of another process, as a service manager has one; Java itself cannot make any. */
@DisabledOnOs({OS.WINDOWS, OS.MAC})
@Timeout(60)
class SupervisedTest {
    private static final String LISTENER = """
            import socket, sys
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.bind(sys.argv[1])
            print('listening', flush=True)
            while True:
                print(s.recv(100).decode(), flush=True)
            """;

    @TempDir
    Path folder;

    @Test
    void tellsThatItIsAliveOnlyWhileItsThreadsAnswer() throws Exception {
        String socket = folder.resolve("notify").toString();
        Process listener = new ProcessBuilder("python3", "-c", LISTENER, socket).redirectErrorStream(true).start();
        AtomicBoolean answers = new AtomicBoolean(true);
        List<String> notes = new CopyOnWriteArrayList<>();
        try (BufferedReader heard = listener.inputReader()) {
            assertEquals("listening", heard.readLine());
            try (Supervised _ = Supervised.ready(Map.of("NOTIFY_SOCKET", socket, "WATCHDOG_USEC", "60000"),
                    answers::get,
                    notes::add)) {
                assertEquals("READY=1", heard.readLine());
                assertEquals("WATCHDOG=1", heard.readLine());
                assertEquals("WATCHDOG=1", heard.readLine());
                answers.set(false);
                awaitOne(notes);
                skipWaiting(heard);
                Thread.sleep(200); // ten beats
                assertTrue(!heard.ready(), "told to be alive while nothing answers");
                answers.set(true);
                assertEquals("WATCHDOG=1", heard.readLine());
            }
            assertEquals("STOPPING=1", last(heard));
            assertEquals(1, notes.size());
        } finally {
            listener.destroyForcibly();
        }
    }

    @Test
    void saysNothingWhereNobodyAsks() {
        List<String> notes = new CopyOnWriteArrayList<>();
        try (Supervised _ = Supervised.ready(Map.of(), () -> false, notes::add)) {
            assertEquals(List.of(), notes);
        }
    }

    private static void awaitOne(List<String> notes) throws InterruptedException {
        while (notes.isEmpty()) {
            Thread.sleep(5);
        }
    }

    /** What was sent before. */
    private static void skipWaiting(BufferedReader heard) throws IOException, InterruptedException {
        Thread.sleep(100);
        while (heard.ready()) {
            heard.readLine();
        }
    }

    private static String last(BufferedReader heard) throws IOException {
        String line = heard.readLine();
        while (line.equals("WATCHDOG=1")) {
            line = heard.readLine();
        }
        return line;
    }
}
