package io.sluice.capture.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host at the far end of a cable calls this one, whose end has an address. */
class HostShieldIT {
    private VethPair cable;
    private Namespace far;

    @BeforeEach
    void build() throws IOException {
        cable = new VethPair("ptshld");
        Shell.run("ip addr add 10.96.0.1/24 dev " + cable.ours);
        far = new Namespace("ports-shield");
        far.adopt(cable.theirs, "10.96.0.2/24");
        Shell.needs("iputils-ping", "ping", "-V");
    }

    @AfterEach
    void remove() {
        if (far != null) {
            far.close();
            cable.close();
        }
    }

    private boolean hostAnswers() {
        return !Shell.attempt("ip", "netns", "exec", "ports-shield", "ping", "-c1", "-W1", "10.96.0.1").isEmpty();
    }

    @Test
    void theHostAnswersNothingWhileThePortReceivesAll() throws PortException {
        assertTrue(hostAnswers());
        try (Port port = Ports.open(new PortRequest(cable.ours, Optional.empty(), false, 1024, true)).port()) {
            try (HostShield shield = HostShield.over(cable.ours)) {
                assertEquals(Optional.empty(), shield.missing());
                assertFalse(hostAnswers());
                assertTrue(Frames.receive(port, 1).size() >= 1);
            }
            assertTrue(hostAnswers());
        }
    }

    /** Of a process that is killed nothing stays. */
    @Test
    void theShieldFallsWithTheProcess() throws Exception {
        Process process = Shell.start(System.getProperty("java.home") + "/bin/java",
                "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), Holder.class.getName(), cable.ours);
        try {
            assertEquals("held", process.inputReader(StandardCharsets.UTF_8).readLine());
            assertFalse(hostAnswers());
        } finally {
            process.destroyForcibly().waitFor();
        }
        // The kernel takes it away when it gets round to it, which is after the process is gone.
        boolean answers = hostAnswers();
        for (int i = 0; i < 20 && !answers; i++) {
            answers = hostAnswers();
        }
        assertTrue(answers);
    }

    @Test
    void anInterfaceThatIsNotThereIsASentence() {
        try (HostShield shield = HostShield.over("eth77")) {
            assertTrue(shield.missing().orElse("")
                    .startsWith("the host's own network stack also sees what arrives at `eth77`"));
        }
    }

    /** Holds a shield until it is killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws InterruptedException {
            try (HostShield shield = HostShield.over(arguments[0])) {
                System.out.println(shield.missing().orElse("held"));
                Thread.sleep(60_000);
            }
        }
    }
}
