package io.sluice.broker.opcua;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client says at first, OPC 10000-6 §7.1.2.3.
 *
 * @param chunkBytes the longest chunk that it takes
 * @param messageBytes the longest message, without headers; 0: any
 * @param chunks the most of one message; 0: any
 * @param came by which host and port it came, as it believes
 */
record Hello(int chunkBytes, int messageBytes, int chunks, Optional<Authority> came) {
    private static final int RECEIVE = 12, MESSAGE = 20, CHUNKS = 24, URL = 28, SMALLEST = 32, LONGEST_URL = 4096;

    /** Null where it is none. */
    static @Nullable Hello of(ByteBuffer chunk) {
        int size = chunk.limit();
        if (size < SMALLEST || chunk.get(0) != 'H' || chunk.get(1) != 'E' || chunk.get(2) != 'L') {
            return null;
        }
        int length = chunk.getInt(URL);
        Optional<Authority> came = Optional.empty();
        if (length > 0 && length <= LONGEST_URL && length <= size - SMALLEST) {
            byte[] url = new byte[length];
            chunk.get(SMALLEST, url);
            came = Authority.of(new String(url, StandardCharsets.UTF_8));
        }
        return new Hello(bounded(chunk.getInt(RECEIVE)), bounded(chunk.getInt(MESSAGE)), bounded(chunk.getInt(CHUNKS)),
                came);
    }

    /** Unsigned numbers beyond what an int holds mean as much as the greatest int does. */
    private static int bounded(int unsigned) {
        return unsigned < 0 ? Integer.MAX_VALUE : unsigned;
    }
}
