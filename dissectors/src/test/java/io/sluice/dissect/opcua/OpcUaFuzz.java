package io.sluice.dissect.opcua;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sluice.dissect.Limits;

/** A stream of hostile bytes in one direction or both. Anything that {@link OpcUaWalk} throws is a finding. */
class OpcUaFuzz {
    /** Each piece of the input has a head of two bytes: the first's lowest bit is its direction, the rest its size. */
    @FuzzTest(maxDuration = "10s")
    void aConversation(byte[] input) {
        OpcUaBench bench = new OpcUaBench(Limits.DEFAULT, "ns=2;s=Line3.Speed", "ns=2;i=6001", "i=85");
        OpcUaWalk walk = new OpcUaWalk(bench.dissector, bench.session);
        int at = 0;
        while (at + 2 <= input.length) {
            int direction = input[at] & 1;
            int size = ((input[at] & 0xFE) << 7) | (input[at + 1] & 0xFF);
            size = Math.min(size, input.length - at - 2);
            walk.walk(direction, input, at + 2, size);
            at += 2 + size;
        }
    }
}
