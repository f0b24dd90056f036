package io.sluice.testdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testdata.TcpConversation.Side;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TcpConversationTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void anySegmentationOrderAndRepetitionGivesTheSameStream() throws IOException {
        Tshark.require();
        Path file = folder.resolve("streams.pcap");
        List<String> sent = new ArrayList<>();
        try (PcapWriter writer = new PcapWriter(file)) {
            for (int seed = 0; seed < 8; seed++) {
                byte[] data = new byte[500];
                SplittableRandom random = new SplittableRandom(seed);
                random.nextBytes(data);
                TcpConversation talk = new TcpConversation("10.3.1.105", 50_000 + seed, "10.3.1.10", 502).handshake()
                        .sendCut(Side.CLIENT, data, 40, random);
                talk.shuffle(talk.frames().size() - 3, seed).retransmit(3).acknowledge(Side.SERVER)
                        .send(Side.SERVER, new byte[]{1, 2, 3}, 1).acknowledge(Side.CLIENT).finish(Side.CLIENT);
                for (TcpConversation.Frame frame : talk.frames()) {
                    writer.frame(frame.nanoseconds(), frame.bytes());
                }
                sent.add(HexFormat.of().formatHex(data) + " 010203");
            }
        }
        assertEquals(sent, Tshark.streams(file, sent.size()));
    }

    @Test
    void anOrderlyConversationHasNothingToRemark() throws IOException {
        // 2000 bytes of the server take its sequence numbers past 2^32
        TcpConversation talk = talk().handshake().send(Side.CLIENT, new byte[12]).acknowledge(Side.SERVER)
                .send(Side.SERVER, new byte[2000], 700, 1400).acknowledge(Side.CLIENT).finish(Side.SERVER);
        List<String> remarks = Tshark.fields(written(talk), "frame", "tcp.analysis.flags", "tcp.checksum.status");
        assertEquals(Collections.nCopies(talk.frames().size(), "|1"), remarks);
    }

    @Test
    void disorderAndRepetitionAreSeenAsSuch() throws IOException {
        TcpConversation talk = talk().handshake().send(Side.CLIENT, new byte[20], 10).reverse(2)
                .acknowledge(Side.SERVER).pause(2_000_000_000L).retransmit(-2).reset(Side.SERVER);
        // Wireshark's names; frame 4 is the later segment, 5 the earlier, 7 the earlier once more, 8 the reset
        assertEquals(List.of("5|1||0", "7||1|0", "8|||1"),
                Tshark.fields(written(talk), "frame.number in {5, 7, 8}", "frame.number", "tcp.analysis.out_of_order",
                        "tcp.analysis.spurious_retransmission", "tcp.flags.reset"));
    }

    @Test
    void overlapWithOtherBytesKeepsTheStreamPosition() throws IOException {
        TcpConversation talk = talk().handshake().send(Side.CLIENT, new byte[]{1, 2, 3, 4});
        talk.segment(Side.CLIENT, 2, new byte[]{9, 9}, packet -> packet.hops(3));
        assertEquals(4, talk.next(Side.CLIENT));
        assertEquals(List.of("2|0909|3"), Tshark.fields(written(talk), "frame.number == 5", "tcp.len", "tcp.payload",
                "ip.ttl"));
        talk.finish(Side.CLIENT);
        assertEquals(4, talk.next(Side.CLIENT));
    }

    @Test
    void everyFrameCanBeChanged() throws IOException {
        TcpConversation talk = new TcpConversation("fd00:3::5", 50_000, "fd00:3::20", 502)
                .each(packet -> packet.qinq(100, 7)).handshake().send(Side.CLIENT, new byte[12]);
        assertEquals(4, Tshark.fields(written(talk), "vlan.id == 7 && ieee8021ad.id == 100 && ipv6", "frame.number")
                .size());
        assertTrue(talk.frames().stream().allMatch(frame -> frame.bytes().length >= 14 + 8 + 40 + 20));
    }

    private static TcpConversation talk() {
        return new TcpConversation("10.3.1.105", 50_000, "10.3.1.10", 502);
    }

    private Path written(TcpConversation talk) throws IOException {
        Tshark.require();
        Path file = folder.resolve("talk.pcap");
        talk.write(file);
        return file;
    }
}
