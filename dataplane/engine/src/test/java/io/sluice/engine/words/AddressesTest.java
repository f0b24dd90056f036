package io.sluice.engine.words;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {
    // RFC 5952 §4: zeros are shortened once, the longest run, the first of equals, and never a single group.
    @ParameterizedTest
    @CsvSource({"::,::", "::1,::1", "1::,1::", "2001:db8:0:0:1:0:0:1,2001:db8::1:0:0:1",
            "2001:db8:0:1:1:1:1:1,2001:db8:0:1:1:1:1:1", "2001:0:0:1:0:0:0:1,2001:0:0:1::1",
            "FE80:0:0:0:A:B:C:0D,fe80::a:b:c:d"})
    void sixIsWrittenAsTheStandardSays(String given, String written) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(InetAddress.getByName(given).getAddress());
        assertEquals(written, Addresses.text(bytes.getLong(), bytes.getLong()));
    }

    @ParameterizedTest
    @CsvSource({"0a000001,10.0.0.1", "ffffffff,255.255.255.255", "00000000,0.0.0.0"})
    void fourLiesMappedInSix(String given, String written) {
        assertEquals(written, Addresses.text(0, 0xFFFF_0000_0000L | Long.parseLong(given, 16)));
    }
}
