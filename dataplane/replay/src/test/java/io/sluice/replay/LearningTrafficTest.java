package io.sluice.replay;

import static io.sluice.testdata.PacketBuilder.ACK;
import static io.sluice.testdata.PacketBuilder.RST;
import static io.sluice.testdata.PacketBuilder.SYN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.capture.CaptureException;
import io.sluice.capture.CaptureReader;
import io.sluice.rules.learn.LeftOut;
import io.sluice.rules.learn.LeftOut.Why;
import io.sluice.rules.learn.Proposal;
import io.sluice.rules.learn.ProposalOptions;
import io.sluice.testdata.PacketBuilder;
import io.sluice.testdata.PcapWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What frames tell beside messages: who scans, and where hosts are. */
class LearningTrafficTest {
    private static final long START = 1_795_000_000L * 1_000_000_000L;

    @TempDir
    Path folder = Path.of("");

    @Test
    void aScanOfPortsIsListedAndPermitsNothing() throws Exception {
        Path file = folder.resolve("scan.pcap");
        try (PcapWriter writer = new PcapWriter(file)) {
            long nanos = START;
            for (int port = 1; port <= 60; port++) {
                boolean open = port == 22;
                writer.frame(nanos += 1_000_000, PacketBuilder.ethernet().ipv4("10.3.1.66", "10.3.1.10")
                        .tcp(40_000 + port, port).sequence(100).flags(SYN).build());
                writer.frame(nanos += 1_000_000, PacketBuilder.ethernet().ipv4("10.3.1.10", "10.3.1.66")
                        .tcp(port, 40_000 + port).sequence(open ? 500 : 0).acknowledgment(101)
                        .flags(open ? SYN | ACK : RST | ACK).build());
            }
        }
        Proposal proposal = LearningTest.propose(source(file), Map.of(), ProposalOptions.DEFAULT);
        assertTrue(proposal.isEmpty(), proposal.policy());
        LeftOut scan = proposal.leftOut().getFirst();
        assertEquals(Why.SCAN, scan.why());
        assertEquals("tried 60 services, 59 of them without an answer (1 hosts, 59 ports)", scan.what());
        assertEquals(List.of(1L, 3L, 5L), scan.frames());
    }

    // The README of the recording names them: 352, 355 and 373 program or diagnose, and come once.
    @Test
    void aSingleProgramFunctionIsListedWithItsFrame() throws Exception {
        Proposal proposal = LearningTest.propose(Recordings.capture("modbus/line-3"), Map.of(),
                ProposalOptions.DEFAULT.least(1));
        List<LeftOut> engineering = proposal.leftOut().stream().filter(l -> l.why() == Why.ENGINEERING).toList();
        assertEquals(List.of(355L, 352L, 373L), engineering.stream().map(l -> l.frames().getFirst()).toList());
        assertFalse(proposal.policy().contains("do: function"), proposal.policy());
    }

    @Test
    void interfacesOfACaptureAreZones() throws Exception {
        Path file = folder.resolve("two.pcapng");
        twoInterfaces("modbus/line-3", file);
        Proposal proposal = LearningTest.propose(source(file), Map.of(), ProposalOptions.DEFAULT);
        LearningTest.assertSound("two.pcapng", proposal);
        assertTrue(proposal.policy().contains("  cell:  {ports: [cell]}"), proposal.policy());
        assertTrue(proposal.policy().contains("{zone: cell, address: 10.3.1.10}"), proposal.policy());
        assertTrue(proposal.policy().contains("{zone: plant, address: 10.3.1.105}"), proposal.policy());
        // Judged by the interfaces it is what it is by addresses.
        long allowed = ReplayedRequests.of(source(file), Recordings.judge(proposal.policy())).values().stream()
                .flatMap(List::stream).filter(ReplayedRequests.Request::allowed).count();
        assertEquals(166, allowed);
    }

    @Test
    void vlansAreZonesWhereNoInterfaceTells() throws Exception {
        Path file = folder.resolve("vlans.pcap");
        try (PcapWriter writer = new PcapWriter(file)) {
            for (int i = 0; i < 4; i++) {
                connect(writer, START + i * 10_000_000L, 20, "10.3.2.5", "10.3.1.10", 40_000 + i);
                connect(writer, START + i * 10_000_000L, 10, "10.3.1.9", "10.3.1.8", 40_000 + i);
            }
        }
        Proposal proposal = LearningTest.propose(source(file), Map.of(), ProposalOptions.DEFAULT);
        assertTrue(proposal.policy().contains("client-10-3-2-5:  {zone: vlan-20-clients, address: 10.3.2.5}"),
                proposal.policy());
        assertTrue(proposal.policy().contains("server-10-3-1-8:  {zone: vlan-10-servers, address: 10.3.1.8}"),
                proposal.policy());
        LearningTest.assertSound("vlans.pcap", proposal);
    }

    private static void connect(PcapWriter writer, long nanos, int vlan, String client, String server, int port)
            throws IOException {
        writer.frame(nanos, PacketBuilder.ethernet().vlan(vlan).ipv4(client, server).tcp(port, 443).sequence(100)
                .flags(SYN).build());
        writer.frame(nanos + 1, PacketBuilder.ethernet().vlan(vlan).ipv4(server, client).tcp(443, port).sequence(500)
                .acknowledgment(101).flags(SYN | ACK).build());
        writer.frame(nanos + 2, PacketBuilder.ethernet().vlan(vlan).ipv4(client, server).tcp(port, 443).sequence(101)
                .acknowledgment(501).flags(ACK).build());
    }

    /** The recording as captured at both ports of a firewall: what the controller sends came in at one, the rest at the other. */
    private static void twoInterfaces(String recording, Path file) throws Exception {
        try (CaptureReader reader = Recordings.capture(recording).open();
                OutputStream out = Files.newOutputStream(file)) {
            out.write(block(0x0A0D0D0A, ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putInt(0x1A2B3C4D)
                    .putShort((short) 1).putShort((short) 0).putLong(-1).array()));
            out.write(anInterface("plant"));
            out.write(anInterface("cell"));
            while (reader.next()) {
                byte[] frame = new byte[reader.captured()];
                MemorySegment.copy(reader.bytes(), ValueLayout.JAVA_BYTE, reader.at(), frame, 0, frame.length);
                boolean cell = frame.length > 30 && frame[6] == 0x00 && frame[7] == (byte) 0x80;
                long nanos = reader.epochNanos();
                out.write(block(6, ByteBuffer.allocate(20 + (frame.length + 3) / 4 * 4).order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(cell ? 1 : 0).putInt((int) (nanos >>> 32)).putInt((int) nanos).putInt(frame.length)
                        .putInt(frame.length).put(frame).array()));
            }
        }
    }

    /** With if_name and a resolution of nanoseconds. */
    private static byte[] anInterface(String name) {
        byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        return block(1, ByteBuffer.allocate(8 + 4 + (text.length + 3) / 4 * 4 + 8 + 4).order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 1).putShort((short) 0).putInt(0).putShort((short) 2).putShort((short) text.length)
                .put(text).position(12 + (text.length + 3) / 4 * 4).putShort((short) 9).putShort((short) 1)
                .put((byte) 9).array());
    }

    private static byte[] block(int type, byte[] body) {
        int length = body.length + 12;
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN).putInt(type).putInt(length).put(body)
                .putInt(length).array();
    }

    private static CaptureSource source(Path file) {
        return new CaptureSource() {
            @Override
            public String name() {
                return file.getFileName().toString();
            }

            @Override
            public CaptureReader open() throws CaptureException {
                return CaptureReader.open(file);
            }
        };
    }
}
