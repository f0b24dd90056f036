package io.sluice.manage.assets;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a device says that it is.
 *
 * @param at when it said so; null: unknown
 * @param values under the names of {@code docs/journal.md}: {@code vendor_name}, {@code application.uri} …; behind a Modbus gateway
 *     with {@code unit 3 } in front
 */
public record Identification(How how, @Nullable Instant at, Map<String, String> values) {
    public static final Identification NONE = new Identification(How.PASSIVE, null, Map.of());

    /** How it came to be known. */
    public enum How {
        /** It crossed the wire. */
        PASSIVE("passive"),
        MODBUS("modbus-43-14"),
        OPCUA("opcua-get-endpoints");

        private final String word;

        How(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public boolean known() {
        return !values.isEmpty();
    }
}
