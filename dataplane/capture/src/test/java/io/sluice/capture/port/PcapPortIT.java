package io.sluice.capture.port;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapNativeException;

/** libpcap at both ends of a virtual cable. */
class PcapPortIT extends PortContract {
    @Override
    Backend backend() {
        return Backend.PCAP4J;
    }

    @Test
    void whoWaitsLooksAgainSoon() throws NotOpenException, PcapNativeException {
        long begin = System.nanoTime();
        assertTrue(new Poller(List.of(port)).await(60_000));
        assertTrue(System.nanoTime() - begin < 10_000_000_000L);
    }
}
