package io.sluice.rules.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.sluice.dissect.Facts;
import io.sluice.dissect.Names;
import io.sluice.dissect.Vocabulary.Trait;
import io.sluice.dissect.opcua.OpcUa;
import io.sluice.rules.Demands;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What conduits demand of channels, in OPC UA words. Numbers of traits and operations are those of the vocabulary. */
class DemandsTest {
    private static final int ROUNDS = 100_000;
    private static final int READ = 1;
    private static final int ENCRYPTED = 10;
    private static final int DISCOVERY = 11;
    private static final int SESSION = 12;

    private static final int BASIC_128_RSA_15 = 1;
    private static final int BASIC_256_SHA_256 = 4;
    private static final int SIGN = 2;
    private static final int X509 = 2;
    private static final int ANONYMOUS = 0;
    private static final int UNNAMED = Integer.MAX_VALUE;

    private static final String STRICT = """
            channel: {min_security: Basic256Sha256, mode: [sign], client_certificate: pinned, user: [x509, username]}
            allow: [{id: a, do: read}]
            """;

    /** What is missing for an operation on a channel, in the words of the policy; {@code met} if nothing is. */
    private static String unmet(OpcUaFixture policy, int operation, Object... traits) {
        Facts facts = new Facts();
        facts.reset(MemorySegment.NULL);
        facts.add(operation, 0, Facts.NO_ITEM, Facts.NO_ITEM);
        for (int i = 0; i < traits.length; i += 2) {
            facts.trait(number((String) traits[i]), (Integer) traits[i + 1]);
        }
        int client = policy.policy.certificate(policy.place("hmi"), OpcUa.PROTOCOL);
        int server = policy.policy.certificate(policy.place("opc"), OpcUa.PROTOCOL);
        int trait = policy.service.demands().unmet(facts, client, server);
        return trait < 0 ? "met" : OpcUa.PROTOCOL.vocabulary().traits().get(trait).key();
    }

    private static int number(String key) {
        return OpcUa.PROTOCOL.vocabulary().traits().stream().filter(t -> t.key().equals(key)).mapToInt(Trait::number)
                .findFirst().orElseThrow();
    }

    private static int certificate(OpcUaFixture policy) {
        return policy.policy.certificate(policy.place("hmi"), OpcUa.PROTOCOL);
    }

    @Test
    void whatIsReadNeedsEveryTraitToBeAsDemanded() {
        OpcUaFixture policy = new OpcUaFixture(STRICT);
        int mine = certificate(policy);
        assertEquals("met", unmet(policy, READ, "min_security", BASIC_256_SHA_256, "mode", SIGN, "user", X509,
                "client_certificate", mine));
        assertEquals("met", unmet(policy, READ, "min_security", 7, "mode", SIGN, "user", 1, "client_certificate",
                mine));
        assertEquals("min_security", unmet(policy, READ, "min_security", BASIC_128_RSA_15, "mode", SIGN, "user", X509,
                "client_certificate", mine));
        assertEquals("mode", unmet(policy, READ, "min_security", 4, "mode", 1, "user", X509, "client_certificate",
                mine));
        assertEquals("user", unmet(policy, READ, "min_security", 4, "mode", SIGN, "user", ANONYMOUS,
                "client_certificate", mine));
        assertEquals("client_certificate", unmet(policy, READ, "min_security", 4, "mode", SIGN, "user", X509,
                "client_certificate", UNNAMED));
        // What is not known is not as demanded.
        assertEquals("user", unmet(policy, READ, "min_security", 4, "mode", SIGN, "client_certificate", mine));
        assertEquals("min_security", unmet(policy, READ));
        assertEquals("mode", unmet(policy, ENCRYPTED, "min_security", 4, "mode", 3, "user", X509,
                "client_certificate", mine));
    }

    // Before there is a channel, and to find out which ones the server offers.
    @Test
    void anUnprotectedChannelMayOnlyAskForEndpoints() {
        OpcUaFixture policy = new OpcUaFixture(STRICT);
        assertEquals("met", unmet(policy, DISCOVERY));
        assertEquals("met", unmet(policy, DISCOVERY, "min_security", 0, "mode", 1));
        assertEquals("min_security", unmet(policy, SESSION, "min_security", 0, "mode", 1));
        assertEquals("min_security", unmet(policy, READ, "min_security", 0, "mode", 1));
        // A channel with some security is held to the demands from its first message on.
        assertEquals("min_security", unmet(policy, DISCOVERY, "min_security", BASIC_128_RSA_15));
        assertEquals("client_certificate", unmet(policy, DISCOVERY, "min_security", 4, "client_certificate",
                UNNAMED));
    }

    @Test
    void aSessionMayBeOpenedBeforeItsUserIsKnownButNotOverAnUnknownChannel() {
        OpcUaFixture policy = new OpcUaFixture(STRICT);
        int mine = certificate(policy);
        assertEquals("met", unmet(policy, SESSION, "min_security", 4, "mode", SIGN, "client_certificate", mine));
        assertEquals("user", unmet(policy, SESSION, "min_security", 4, "mode", SIGN, "client_certificate", mine,
                "user", ANONYMOUS));
        assertEquals("min_security", unmet(policy, SESSION));
    }

    @Test
    void endpointsAreComparedToTheLetterAndPinsWithTheAsset() {
        OpcUaFixture policy = new OpcUaFixture("""
                channel: {endpoint: ["opc.tcp://10.0.0.2:4840", "opc.tcp://opc:4840"]}
                allow: [{id: a, do: read}]
                """);
        Names names = policy.names();
        for (int n = 0; n < names.size(); n++) {
            boolean url = policy.policy.nameText(OpcUa.PROTOCOL, n).startsWith("opc.tcp");
            assertEquals(url ? "met" : "endpoint", unmet(policy, READ, "endpoint", n));
        }
        assertEquals("endpoint", unmet(policy, DISCOVERY, "endpoint", UNNAMED));
        assertEquals("endpoint", unmet(policy, READ));
    }

    // An asset without a certificate cannot show it; the policy is about a zone, whose other assets can.
    @Test
    void whoHasNoCertificateInThePolicyIsNotPinned() {
        OpcUaFixture policy = new OpcUaFixture("allow: [{id: a, do: read}]", """
                  zones:
                    from: ops
                    to: cell
                    protocol: opcua
                    channel: {mode: [sign], client_certificate: pinned}
                """);
        assertEquals("met", unmet(policy, READ, "mode", SIGN, "client_certificate", certificate(policy)));
        Facts facts = new Facts();
        facts.reset(MemorySegment.NULL);
        facts.add(READ, 0, 0, 0);
        facts.trait(number("mode"), SIGN);
        for (int shown : new int[]{certificate(policy), UNNAMED, Facts.NO_TRAIT}) {
            facts.trait(number("client_certificate"), shown);
            assertEquals(number("client_certificate"), policy.service.demands()
                    .unmet(facts, policy.policy.certificate(policy.place("bare"), OpcUa.PROTOCOL), -1));
        }
    }

    @Test
    void theStrictestOfSeveralConduitsCounts() {
        OpcUaFixture policy = new OpcUaFixture("""
                channel: {min_security: Basic256Sha256, mode: [none, sign], user: [x509, username, issued]}
                allow: [{id: a, do: read}]
                """, """
                  zones:
                    from: ops
                    to: cell
                    protocol: opcua
                    channel: {min_security: Basic256, user: [anonymous, x509], mode: any}
                    allow: [{id: b, do: browse}]
                """);
        assertEquals("met", unmet(policy, READ, "min_security", 4, "mode", 1, "user", X509));
        assertEquals("min_security", unmet(policy, READ, "min_security", 2, "mode", 1, "user", X509));
        assertEquals("user", unmet(policy, READ, "min_security", 4, "mode", 1, "user", 1));
        assertEquals("user", unmet(policy, READ, "min_security", 4, "mode", 1, "user", ANONYMOUS));
    }

    @Test
    void withoutDemandsEveryChannelWill() {
        OpcUaFixture policy = new OpcUaFixture("allow: [{id: a, do: read}]");
        assertEquals("met", unmet(policy, READ));
        assertEquals("met", unmet(policy, SESSION, "min_security", 0));
    }

    // One object a request would be garbage for years.
    @Test
    void askingAllocatesNothing() {
        OpcUaFixture policy = new OpcUaFixture(STRICT.replace("user: [x509, username]",
                "endpoint: \"opc.tcp://opc:4840\""));
        Facts facts = new Facts();
        facts.reset(MemorySegment.NULL);
        facts.add(READ, 0, 0, 0);
        for (int trait = 0; trait < 6; trait++) {
            facts.trait(trait, trait == number("mode") ? SIGN : 5);
        }
        ask(policy.service.demands(), facts);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        int unmet = ask(policy.service.demands(), facts);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < ROUNDS, allocated + " bytes allocated, " + unmet);
    }

    private static int ask(Demands demands, Facts facts) {
        int unmet = 0;
        for (int i = 0; i < ROUNDS; i++) {
            unmet += demands.unmet(facts, 5, 5);
        }
        return unmet;
    }

    // Nothing is asked yet: a message whose operation has not arrived.
    @Test
    void factsWithoutSpansDemandNothing() {
        Facts facts = new Facts();
        facts.reset(MemorySegment.NULL);
        assertEquals(-1, new OpcUaFixture(STRICT).service.demands().unmet(facts, -1, -1));
    }
}
