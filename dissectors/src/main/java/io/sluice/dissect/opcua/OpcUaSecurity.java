package io.sluice.dissect.opcua;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Security policies by strength, OPC 10000-7 §6.6. A rank is what {@code min_security} compares; policies of one rank
 * count as equal. The order within the classic ones is that of their key lengths and hashes, and
 * docs/protocols/opcua.md prints it.
 */
final class OpcUaSecurity {
    static final int UNKNOWN = -1;
    static final int RANK_NONE = 0;
    private static final String PREFIX = "http://opcfoundation.org/UA/SecurityPolicy#";

    /** @param signature bytes at the end of a signed message */
    record Policy(String name, int rank, int signature) {}

    static final List<Policy> POLICIES = List.of(
            new Policy("None", 0, 0),
            new Policy("Basic128Rsa15", 1, 20),
            new Policy("Basic256", 2, 20),
            new Policy("ECC_nistP256", 3, 32),
            new Policy("ECC_nistP384", 3, 48),
            new Policy("ECC_brainpoolP256r1", 3, 32),
            new Policy("ECC_brainpoolP384r1", 3, 48),
            new Policy("ECC_curve25519", 3, 16),
            new Policy("ECC_curve448", 3, 16),
            new Policy("Basic256Sha256", 4, 32),
            new Policy("Aes128_Sha256_RsaOaep", 4, 32),
            new Policy("Aes256_Sha256_RsaPss", 5, 32),
            new Policy("RSA_DH_AesGcm", 6, 16),
            new Policy("RSA_DH_ChaChaPoly", 6, 16),
            new Policy("ECC_nistP256_AesGcm", 6, 16),
            new Policy("ECC_nistP256_ChaChaPoly", 6, 16),
            new Policy("ECC_brainpoolP256r1_AesGcm", 6, 16),
            new Policy("ECC_brainpoolP256r1_ChaChaPoly", 6, 16),
            new Policy("ECC_curve25519_AesGcm", 6, 16),
            new Policy("ECC_curve25519_ChaChaPoly", 6, 16),
            new Policy("ECC_nistP384_AesGcm", 7, 16),
            new Policy("ECC_nistP384_ChaChaPoly", 7, 16),
            new Policy("ECC_brainpoolP384r1_AesGcm", 7, 16),
            new Policy("ECC_brainpoolP384r1_ChaChaPoly", 7, 16),
            new Policy("ECC_curve448_AesGcm", 7, 16),
            new Policy("ECC_curve448_ChaChaPoly", 7, 16));

    private static final MemorySegment[] URIS = POLICIES.stream().map(p -> uri(p.name)).toArray(MemorySegment[]::new);

    private OpcUaSecurity() {}

    private static MemorySegment uri(String name) {
        byte[] text = (PREFIX + name).getBytes(StandardCharsets.UTF_8);
        MemorySegment bytes = Arena.ofAuto().allocate(text.length);
        MemorySegment.copy(text, 0, bytes, JAVA_BYTE, 0, text.length);
        return bytes;
    }

    /** The index of the policy with this URI, compared byte by byte; {@link #UNKNOWN} for any other. */
    static int find(MemorySegment bytes, long at, int length) {
        for (int i = 0; i < URIS.length; i++) {
            if (URIS[i].byteSize() == length
                    && MemorySegment.mismatch(URIS[i], 0, length, bytes, at, at + length) < 0) {
                return i;
            }
        }
        return UNKNOWN;
    }

    static int rank(int policy) {
        return POLICIES.get(policy).rank();
    }

    static int signature(int policy) {
        return POLICIES.get(policy).signature();
    }

    /** The ranks by the policies' names. */
    static Map<String, Integer> words() {
        Map<String, Integer> words = new LinkedHashMap<>();
        POLICIES.forEach(p -> words.put(p.name, p.rank));
        return words;
    }
}
