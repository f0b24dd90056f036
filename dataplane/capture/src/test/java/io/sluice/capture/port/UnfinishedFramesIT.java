package io.sluice.capture.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * TCP between two hosts whose network stacks leave to their cards what no card ever does on a virtual cable: checksums, and
 * the cutting of long frames.
 */
class UnfinishedFramesIT {
    private static final int BYTES = 20_000_000;
    private VethPair left;
    private VethPair right;
    private Namespace client;
    private Namespace server;

    @BeforeEach
    void build() throws IOException {
        left = new VethPair("ptul");
        right = new VethPair("ptur");
        client = new Namespace("ports-client");
        server = new Namespace("ports-server");
    }

    @AfterEach
    void remove() {
        if (server != null) {
            client.close();
            server.close();
            left.close();
            right.close();
        }
    }

    @Test
    void unfinishedChecksumsArriveMarkedAndGoOutAsTheyAre() throws Exception {
        try (Port a = open(left, false, true); Port b = open(right, false, true); Forwarder _ = connect(a, b, true)) {
            transfers();
            assertTrue(a.counters().unfinished() > 1000, a.counters().toString());
            assertTrue(b.counters().unfinished() > 10, b.counters().toString());
            assertEquals(0, a.counters().truncated());
        }
    }

    /** As on a card that has nothing to do with virtio: the receiver's kernel checks every checksum. */
    @Test
    void unfinishedChecksumsAreFinishedForAPortThatCannotTell() throws Exception {
        Offloads.switchOff(right.theirs, Libc.interfaceIndex(right.theirs),
                feature -> feature.startsWith("tx-checksum"));
        try (Port a = open(left, false, true);
                Port b = open(right, false, false);
                Forwarder _ = connect(a, b, true)) {
            transfers();
            assertTrue(a.counters().unfinished() > 1000, a.counters().toString());
        }
    }

    @Test
    void superFramesPassWholeWhereTheyAreWanted() throws Exception {
        try (Port a = open(left, true, true); Port b = open(right, true, true); Forwarder _ = connect(a, b, false)) {
            transfers();
            assertTrue(a.counters().received() < BYTES / 3000, "no super-frames came: " + a.counters());
            assertEquals(0, a.counters().truncated());
        }
    }

    private static Port open(VethPair cable, boolean superFrames, boolean virtioHeader) throws NativeException {
        PortRequest request = new PortRequest(cable.ours, Optional.empty(), superFrames, 1024, false);
        Offloads offloads = Offloads.switchOff(cable.ours, Libc.interfaceIndex(cable.ours),
                superFrames ? feature -> false : Offloads::makesSuperFrames);
        return PacketPort.open(request, offloads, virtioHeader);
    }

    private Forwarder connect(Port a, Port b, boolean wireFrames) throws PortException {
        if (wireFrames) {
            for (VethPair cable : new VethPair[]{left, right}) {
                Offloads.switchOff(cable.theirs, Libc.interfaceIndex(cable.theirs), Offloads::makesSuperFrames);
            }
        }
        client.adopt(left.theirs, "10.97.0.1/24");
        server.adopt(right.theirs, "10.97.0.2/24");
        return new Forwarder(a, b);
    }

    private void transfers() throws IOException, InterruptedException {
        Process serving = server.java(TcpTransfer.class, "serve", "7000", Integer.toString(BYTES));
        assertEquals("ready", serving.inputReader(StandardCharsets.UTF_8).readLine());
        Process sending = client.java(TcpTransfer.class, "send", "10.97.0.2", "7000", Integer.toString(BYTES));
        assertTrue(sending.waitFor(90, TimeUnit.SECONDS), "the transfer hangs");
        String said = sending.inputReader(StandardCharsets.UTF_8).readLine();
        assertTrue(said.startsWith("same"), said);
    }
}
