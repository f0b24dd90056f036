package io.sluice.rules.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AddressesTest {
    private static final long SEED = 20261121;
    private static final long IPV4 = 0xFFFF_FFFFL;
    private static final String CHARACTERS = "0123456789abcdefF:.::..";

    // The platform's own reader is the reference; it also reads scopes and old IPv4 forms, which the language refuses.
    @Test
    void everyAddressThePlatformPrintsIsReadAsTheSame() throws UnknownHostException {
        Random random = new Random(SEED);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = randomBytes(random);
            InetAddress platform = InetAddress.getByAddress(bytes);
            String text = compressed(platform.getHostAddress(), random);
            Network network = Addresses.parse(text).orElseThrow(() -> new AssertionError(text + ", seed " + SEED));
            assertSame(platform, network, text);
        }
    }

    @Test
    void whateverIsReadThePlatformReadsAsTheSame() {
        Random random = new Random(SEED);
        int read = 0;
        for (int i = 0; i < 100_000; i++) {
            String text = random.nextInt(4) == 0 ? mutated(random) : randomText(random);
            Optional<Network> network = Addresses.parse(text);
            if (network.isPresent()) {
                read++;
                assertSame(InetAddress.ofLiteral(text), network.get(), text);
            } else {
                assertTrue(isLenient(text) || !isLiteral(text), text + " is an address, seed " + SEED);
            }
        }
        assertTrue(read > 500, "too few texts were addresses: " + read);
    }

    // RFC 6943 §3.1.1: some readers take leading zeros for octal, so the same text would name two devices.
    @Test
    void ipv4HasFourPlainDecimalNumbersAndNothingElse() {
        for (String text : new String[]{"10.3.1", "10.3.1.010", "10.3.1.256", "0x0a.3.1.10", "167968010", "10.3.1.10 ",
                "", "10.3.1.", ".10.3.1", "1.2.3.4.5", "+1.2.3.4", "１０.3.1.10"}) {
            assertTrue(Addresses.parse(text).isEmpty(), text);
        }
    }

    @Test
    void ipv6ScopesBracketsAndStrayColonsAreNoAddresses() {
        for (String text : new String[]{"fe80::1%eth0", "[::1]", ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "::1:",
                ":1::2", "1:2:3:4:5:6:7::8:9", "1.2.3.4::", "::1.2.3.4:5", "::1.2.3", "12345::", "1:2:3:4:5:6:7:8::"}) {
            assertTrue(Addresses.parse(text).isEmpty(), text);
        }
    }

    // What a command line gives as --zone is read as in the policy itself, prefix lengths included.
    @Test
    void aNetworkFromOutsideThePolicyIsReadAsInIt() {
        assertEquals(120, Network.parse("10.3.1.0/24").orElseThrow().prefix());
        assertEquals(128, Network.parse("10.3.1.7").orElseThrow().prefix());
        assertEquals(64, Network.parse("fd00:3::/64").orElseThrow().prefix());
        assertEquals(Optional.empty(), Network.problem("10.3.1.0/24"));
        for (String text : new String[]{"10.3.1", "10.3.1.0/33", "10.3.1.7/24", "", "10.3.1.0/"}) {
            assertEquals(Optional.empty(), Network.parse(text), text);
            assertTrue(Network.problem(text).orElseThrow().startsWith("`" + text + "` "), text);
        }
    }

    @Test
    void networksContainExactlyTheAddressesThatShareTheirPrefix() {
        Random random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            int prefix = 8 + random.nextInt(25);
            long mask = Network.mask(32 + prefix) & IPV4;
            long base = random.nextLong() & mask;
            String text = dotted(base) + "/" + prefix;
            Network network = accepted(text);
            assertEquals(96 + prefix, network.prefix());
            long host = random.nextLong() & ~mask & IPV4;
            long other = random.nextBoolean() ? random.nextLong() & IPV4 : base | host;
            assertEquals((other & mask) == base, network.contains(0, Network.MAPPED | other),
                    text + " " + dotted(other));
            assertFalse(network.contains(1, Network.MAPPED | base), text);
        }
    }

    @Test
    void bitsBehindThePrefixAreRefusedWithTheNetworkThatWasMeant() {
        assertEquals("`10.3.1.5/24` has bits set behind its prefix; write `10.3.1.0/24`", refusal("10.3.1.5/24"));
        assertEquals("`fd00::1/64` has bits set behind its prefix; write `fd00:0:0:0:0:0:0:0/64`",
                refusal("fd00::1/64"));
    }

    // IPv4 lives inside the 128-bit form, so a short IPv6 prefix of zeros would swallow it.
    @Test
    void ipv6NetworksNeverHoldIpv4Addresses() {
        assertTrue(refusal("::/0").contains("every IPv4 address"), refusal("::/0"));
        assertTrue(refusal("::/80").contains("every IPv4 address"), refusal("::/80"));
        assertTrue(accepted("0.0.0.0/0").contains(0, Network.MAPPED | 1));
        assertFalse(accepted("2000::/3").contains(0, Network.MAPPED | 1));
    }

    private static Network accepted(String network) {
        return switch (Addresses.network(network)) {
            case Parsed.Yes<Network> yes -> yes.value();
            case Parsed.No<Network> no -> throw new AssertionError(no.sentence());
        };
    }

    private static String refusal(String network) {
        return Addresses.network(network) instanceof Parsed.No<Network> no ? no.sentence() : "accepted";
    }

    private static void assertSame(InetAddress platform, Network network, String text) {
        byte[] bytes = platform.getAddress();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long high = bytes.length == 4 ? 0 : buffer.getLong();
        long low = bytes.length == 4 ? Network.MAPPED | Integer.toUnsignedLong(buffer.getInt()) : buffer.getLong();
        assertEquals(new Network(high, low, 128, text), network, text + ", seed " + SEED);
    }

    private static byte[] randomBytes(Random random) {
        byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = random.nextInt(3) == 0 ? 0 : (byte) random.nextInt();
        }
        return bytes;
    }

    /** The platform prints no {@code ::}; puts one for the first run of zero groups, sometimes. */
    private static String compressed(String text, Random random) {
        return random.nextBoolean() ? text.replaceFirst("(^|:)0(:0)+(:|$)", "::") : text;
    }

    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(14); i >= 0; i--) {
            text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return text.toString();
    }

    private static String mutated(Random random) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "10.3.1.10" : "fd00:3::ffff:10.3.1.20");
        text.setCharAt(random.nextInt(text.length()), CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        return text.toString();
    }

    private static boolean isLiteral(String text) {
        try {
            InetAddress.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** What the platform reads beyond the standards: fewer than four numbers, leading zeros, groups of five digits. */
    private static boolean isLenient(String text) {
        return text.matches("[0-9.]+") || text.matches(".*:0[0-9]+\\..*|.*\\.0[0-9]+.*|.*[0-9a-fA-F]{5}.*");
    }

    private static String dotted(long address) {
        return (address >> 24 & 255) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }
}
