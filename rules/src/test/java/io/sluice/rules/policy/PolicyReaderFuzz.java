package io.sluice.rules.policy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

class PolicyReaderFuzz {
    @FuzzTest(maxDuration = "10s")
    void readsOrRefusesAnyText(byte[] bytes) {
        PolicyMutationTest.check(new String(bytes, StandardCharsets.UTF_8));
    }
}
