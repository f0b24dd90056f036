package io.sluice.capture;

import java.io.EOFException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Assumptions;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.TimestampPrecision;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.Pcaps;

/** The same files as libpcap sees them, through Pcap4J. */
final class Libpcap {
    private Libpcap() {}

    /** What libpcap tells of a packet. */
    record Seen(long epochNanos, int wire, String hex) {
        static Seen of(Packet packet) {
            return new Seen(packet.epochNanos(), packet.wire(), packet.hex());
        }
    }

    static List<Seen> read(Path file) throws PcapNativeException, NotOpenException, TimeoutException {
        List<Seen> packets = new ArrayList<>();
        try (PcapHandle handle = open(file)) {
            while (true) {
                byte[] bytes = handle.getNextRawPacketEx();
                Instant time = handle.getTimestamp().toInstant();
                packets.add(new Seen(time.getEpochSecond() * 1_000_000_000L + time.getNano(),
                        handle.getOriginalLength(), HexFormat.of().formatHex(bytes)));
            }
        } catch (EOFException e) {
            return packets; // how Pcap4J says that the file is over
        }
    }

    private static PcapHandle open(Path file) throws PcapNativeException {
        try {
            return Pcaps.openOffline(file.toString(), TimestampPrecision.NANO);
        } catch (LinkageError e) {
            return Assumptions.abort("libpcap is missing: apt-get install libpcap0.8");
        }
    }
}
