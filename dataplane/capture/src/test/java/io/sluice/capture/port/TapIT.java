package io.sluice.capture.port;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A TAP device between the host's own network stack and this process. */
class TapIT {
    private static final String NAME = "pttap";
    private static final int UNREACHED_PORT = 9;
    private Port tap;

    @BeforeEach
    void create() throws PortException, IOException {
        Shell.needsNetworks();
        tap = Tap.create(NAME, List.of("10.98.0.250/24", "10.98.1.250/24", "fd98::250/64"));
    }

    @AfterEach
    void close() {
        if (tap != null) {
            tap.close();
        }
    }

    @Test
    void theDeviceIsUpAndHasItsAddresses() {
        String shown = Shell.run("ip addr show " + NAME);
        assertTrue(
                shown.contains("UP") && shown.contains("inet 10.98.0.250/24") && shown.contains("inet 10.98.1.250/24")
                        && shown.contains("inet6 fd98::250/64"),
                shown);
        assertTrue(Shell.run("ip route get 10.98.0.7").contains("dev " + NAME));
        assertEquals(LinkState.UP, tap.link());
        assertTrue(shown.contains("%012x".formatted(tap.mac()).replaceAll("(..)(?!$)", "$1:")), shown);
    }

    @Test
    void theDeviceVanishesWithThePort() {
        tap.close();
        assertEquals("", Shell.attempt("ip", "link", "show", NAME));
        assertEquals(LinkState.GONE, tap.link());
    }

    @Test
    void theHostSendsAndReceivesThroughIt() throws Exception {
        Shell.run("ip neigh replace 10.98.0.7 lladdr 02:00:00:00:00:07 dev " + NAME);
        Poller poller = new Poller(List.of(tap));
        try (DatagramSocket socket = new DatagramSocket(4321, InetAddress.ofLiteral("10.98.0.250"))) {
            byte[] said = "from the host".getBytes(StandardCharsets.US_ASCII);
            socket.send(new DatagramPacket(said, said.length, InetAddress.ofLiteral("10.98.0.7"), UNREACHED_PORT));
            byte[] frame = receiveUdp(poller);
            assertEquals("from the host", new String(frame, 42, said.length, StandardCharsets.US_ASCII));
            assertEquals(0, checksum(frame), "the host leaves the checksum unfinished");

            byte[] answer = answer(frame);
            Frames.send(tap.openSender(), answer);
            socket.setSoTimeout(5000);
            DatagramPacket got = new DatagramPacket(new byte[100], 100);
            socket.receive(got);
            assertEquals("10.98.0.7", got.getAddress().getHostAddress());
            assertArrayEquals(said, java.util.Arrays.copyOf(got.getData(), got.getLength()));
        }
    }

    private byte[] receiveUdp(Poller poller) {
        for (int i = 0; i < 100; i++) {
            poller.await(100);
            for (byte[] frame : receiveOnce()) {
                if (frame[12] == 8 && frame[13] == 0 && frame[23] == 17) {
                    return frame;
                }
            }
        }
        throw new AssertionError("the host sent nothing");
    }

    private List<byte[]> receiveOnce() {
        List<byte[]> frames = new java.util.ArrayList<>();
        int count = tap.receive();
        for (int i = 0; i < count; i++) {
            frames.add(Frames.copy(tap, i));
            tap.release(tap.handle(i));
        }
        return frames;
    }

    /** The same datagram back to where it came from: the sums stay right. */
    private static byte[] answer(byte[] frame) {
        byte[] answer = frame.clone();
        System.arraycopy(frame, 6, answer, 0, 6);
        System.arraycopy(frame, 0, answer, 6, 6);
        System.arraycopy(frame, 30, answer, 26, 4);
        System.arraycopy(frame, 26, answer, 30, 4);
        System.arraycopy(frame, 36, answer, 34, 2);
        System.arraycopy(frame, 34, answer, 36, 2);
        return answer;
    }

    /** Over pseudo header and datagram: RFC 768. 0 when right. */
    private static int checksum(byte[] frame) {
        int length = frame.length - 34;
        long sum = 17L + length;
        for (int i = 26; i < frame.length; i += 2) {
            sum += (frame[i] & 0xFF) << 8 | (i + 1 < frame.length ? frame[i + 1] & 0xFF : 0);
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return (int) (~sum & 0xFFFF);
    }

    @Test
    void whileTheHostHasSetItDownFramesAreLost() throws PortException {
        Sender sender = tap.openSender();
        Shell.run("ip link set " + NAME + " down");
        assertEquals(LinkState.DOWN, tap.link());
        Frames.send(sender, Frames.frame(60, 1));
        assertEquals(1, sender.lost());
        Shell.run("ip link set " + NAME + " up");
        Frames.send(sender, Frames.frame(60, 1));
        assertEquals(1, sender.sent());
    }

    @Test
    void aNameThatIsTakenAndAnAddressThatIsNoneAreToldInASentence() {
        assertTrue(assertThrows(PortException.class, () -> Tap.create(NAME, List.of())).toString()
                .contains("there is already an interface `pttap`"));
        assertTrue(assertThrows(PortException.class, () -> Tap.create("pttap2", List.of("10.98.0.1"))).toString()
                .contains("`10.98.0.1` is no address of an interface"));
        assertTrue(assertThrows(PortException.class, () -> Tap.create("pttap2", List.of("10.98.0.1/33"))).toString()
                .contains("`10.98.0.1/33` is no address of an interface"));
        assertThrows(PortException.class, () -> Tap.create("a-name-that-is-too-long", List.of()));
    }

    /** A host in a network namespace talks by TCP with this host through a port on a cable and the TAP device. */
    @Test
    void aHostAtACableReachesThisHost() throws Exception {
        try (VethPair cable = new VethPair("pttapc");
                Namespace far = new Namespace("ports-tap");
                Port port = Ports.open(new PortRequest(cable.ours, Optional.empty(), false, 1024, false)).port()) {
            Offloads.switchOff(cable.theirs, Libc.interfaceIndex(cable.theirs), Offloads::makesSuperFrames);
            far.adopt(cable.theirs, "10.98.0.1/24");
            try (Forwarder _ = new Forwarder(port, tap)) {
                Process serving = far.java(TcpTransfer.class, "serve", "7000", "1000000");
                assertEquals("ready", serving.inputReader(StandardCharsets.UTF_8).readLine());
                Process sending = Shell.start(System.getProperty("java.home") + "/bin/java", "-cp",
                        System.getProperty("java.class.path"), TcpTransfer.class.getName(), "send", "10.98.0.1", "7000",
                        "1000000");
                assertTrue(sending.waitFor(60, TimeUnit.SECONDS), "the transfer hangs");
                String said = sending.inputReader(StandardCharsets.UTF_8).readLine();
                assertTrue(said.startsWith("same"), said);
            }
        }
    }
}
