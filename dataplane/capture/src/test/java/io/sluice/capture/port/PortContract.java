package io.sluice.capture.port;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapNativeException;

/** What every means of getting frames in and out must do, tried on one end of a cable with libpcap at the other. */
abstract class PortContract {
    private VethPair cable;
    private Peer peer;
    private Port port;
    private Sender sender;

    abstract Backend backend();

    private String cableName() {
        return "pt" + getClass().getSimpleName().substring(0, 5).toLowerCase(java.util.Locale.ROOT);
    }

    @BeforeEach
    void connect() throws IOException, PortException, PcapNativeException, NotOpenException {
        cable = new VethPair(cableName());
        port = Ports.open(new PortRequest(cable.ours, Optional.of(backend()), false, 1024, false)).port();
        sender = port.openSender();
        peer = new Peer(cable.theirs);
    }

    @AfterEach
    void disconnect() {
        if (peer != null) {
            peer.close();
        }
        if (port != null) {
            port.close();
        }
        if (cable != null) {
            cable.close();
        }
    }

    @Test
    void framesOfEverySizePassBothWays() throws NotOpenException, PcapNativeException {
        List<byte[]> frames = new ArrayList<>();
        for (int length = 60; length <= 1514; length += 31) {
            frames.add(Frames.frame(length, length));
        }
        frames.add(Frames.frame(1514, 1));
        for (byte[] frame : frames) {
            peer.send(frame);
        }
        assertEquals(Frames.hex(frames), Frames.hex(Frames.receive(port, frames.size())));

        for (byte[] frame : frames) {
            Frames.send(sender, frame);
        }
        assertEquals(Frames.hex(frames), Frames.hex(peer.receive(frames.size())));
        assertEquals(frames.size(), sender.sent());
        assertEquals(0, sender.lost());
        assertEquals(new PortCounters(frames.size(), 0, 0, 0), port.counters());
    }
}
