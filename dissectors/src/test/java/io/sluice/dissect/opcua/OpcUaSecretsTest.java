package io.sluice.dissect.opcua;

import static io.sluice.dissect.Dissector.TO_CLIENT;
import static io.sluice.dissect.Dissector.TO_SERVER;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.dissect.Limits;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What bytes nobody may keep: a journal is signed, and exported (OPC 10000-4 §5.7.3, UserNameIdentityToken §7.41.4). */
class OpcUaSecretsTest {
    private final OpcUaBench bench = OpcUaBench.open("i=85");

    /** As the journal asks: with a session that remembers nothing of the flow. */
    private static boolean secret(int direction, byte[] message) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(Math.max(1, message.length), 1).asSlice(0, message.length);
            MemorySegment.copy(message, 0, bytes, JAVA_BYTE, 0, message.length);
            return OpcUaColumns.INSTANCE.secret(OpcUa.PROTOCOL.session(Limits.DEFAULT), direction, bytes, 0,
                    message.length);
        }
    }

    private static byte[] login() {
        return OpcUaBytes.request(467, "ns=1;i=1").none().none().none().none().node("i=324").u8(1)
                .bytes(OpcUaBytes.of().string("policy").string("alice").string("secret").none().done()).none().none()
                .done();
    }

    @Test
    void aLoginIsSecretHoweverItIsCutAndFramed() {
        byte[] login = login();
        assertTrue(secret(TO_SERVER, bench.chunk(TO_SERVER, "MSGF", 9, login)));
        assertTrue(secret(TO_SERVER, bench.chunk(TO_SERVER, "MSGC", 9, Arrays.copyOf(login, 60))));
        assertTrue(secret(TO_SERVER, bench.chunk(TO_SERVER, "MSGF", 9, Arrays.copyOfRange(login, 60, login.length))));
        assertTrue(secret(TO_SERVER, bench.chunk(TO_SERVER, "XXXF", 9, login)), "framing that is none");
        byte[] whole = bench.chunk(TO_SERVER, "MSGF", 9, login);
        for (int size = OpcUaView.HEADER; size < whole.length; size++) {
            assertTrue(secret(TO_SERVER, Arrays.copyOf(whole, size)), "cut to " + size);
        }
    }

    @Test
    void whatIsEncryptedOrOfAnUnknownServiceIsTakenForSecret() {
        assertTrue(
                secret(TO_SERVER, bench.chunk(TO_SERVER, "MSGF", 9, OpcUaBytes.of().hex("93a1ff0045c2e1d7b8").done())));
        assertTrue(secret(TO_SERVER, bench.chunk(TO_SERVER, "MSGF", 9, OpcUaBytes.request(9_999, "ns=1;i=1").done())));
        assertTrue(secret(TO_SERVER, new byte[0]));
    }

    @Test
    void writesReadsAndHandshakesAreNot() {
        assertFalse(secret(TO_SERVER,
                bench.chunk(TO_SERVER, "MSGF", 9, OpcUaBytes.write("ns=2;s=x", "0b" + "00".repeat(8)).done())));
        assertFalse(secret(TO_SERVER, bench.chunk(TO_SERVER, "MSGF", 9, OpcUaBytes.read("i=2258").done())));
        assertFalse(secret(TO_SERVER, OpcUaBench.hello()));
        assertFalse(secret(TO_CLIENT, OpcUaBench.acknowledge()));
        assertFalse(secret(TO_CLIENT, bench.chunk(TO_CLIENT, "MSGF", 9, OpcUaBytes.response(470).done())));
    }
}
