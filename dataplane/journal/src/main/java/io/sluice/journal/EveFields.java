package io.sluice.journal;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.sluice.dissect.FieldSink;
import io.sluice.engine.words.Addresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the fields that all events share. One generator and one buffer for all records: {@link #begin}, fields,
 * {@link #finish}. Nothing here can fail but memory, so there are no checked exceptions.
 */
final class EveFields implements FieldSink {
    /** Texts that traffic chooses are cut, so that no record outgrows {@link JournalLimits#RECORD_BYTES}. */
    static final int LONGEST_TEXT = 4096;
    private static final int RECENT = 256;
    private static final int MOST_WORDS = 4096;
    private static final HexFormat HEX = HexFormat.of();

    private final LineBuffer line = new LineBuffer();
    private final JsonGenerator json;
    private final Timestamps timestamps = new Timestamps();
    /** Names of fields, and values from small sets, as they are in JSON: written so often that escaping them shows. */
    private final Map<String, SerializedString> words = new HashMap<>();
    private final char[] digits = new char[2 * JournalSettings.BYTES];
    private final long[] recentHigh = new long[RECENT];
    private final long[] recentLow = new long[RECENT];
    private final @Nullable String[] recentText = new @Nullable String[RECENT];

    EveFields() {
        try {
            json = new JsonFactoryBuilder().rootValueSeparator("").build()
                    .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM).createGenerator(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Something that writes JSON. */
    interface Writing {
        void write() throws IOException;
    }

    private static void sure(Writing writing) {
        try {
            writing.write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SerializedString known(String text) {
        SerializedString word = words.get(text);
        if (word == null) {
            if (words.size() == MOST_WORDS) {
                words.clear();
            }
            word = new SerializedString(text);
            words.put(text, word);
        }
        return word;
    }

    private void name(String name) throws IOException {
        json.writeFieldName(known(name));
    }

    void begin(long nanos) {
        line.clear();
        sure(json::writeStartObject);
        timestamp("timestamp", nanos);
    }

    LineBuffer finish() {
        sure(() -> {
            json.writeEndObject();
            json.flush();
        });
        return line;
    }

    void timestamp(String name, long nanos) {
        char[] text = timestamps.of(nanos);
        sure(() -> {
            name(name);
            json.writeString(text, 0, text.length);
        });
    }

    /** Suricata's four fields; the ports only where the transport has some. */
    void ends(FlowEnds e, boolean fromClient) {
        boolean ports = e.transport() == 6 || e.transport() == 17;
        vlan(e.vlan());
        end("src_ip", "src_port", fromClient ? e.clientHigh() : e.serverHigh(),
                fromClient ? e.clientLow() : e.serverLow(),
                ports ? fromClient ? e.clientPort() : e.serverPort() : -1);
        end("dest_ip", "dest_port", fromClient ? e.serverHigh() : e.clientHigh(),
                fromClient ? e.serverLow() : e.clientLow(),
                ports ? fromClient ? e.serverPort() : e.clientPort() : -1);
        transport(e.transport());
        number("ip_v", e.clientHigh() == 0 && e.clientLow() >>> 32 == 0xFFFF ? 4 : 6);
    }

    void end(String address, String port, long high, long low, int portNumber) {
        text(address, address(high, low));
        if (portNumber >= 0) {
            number(port, portNumber);
        }
    }

    /** Suricata's lists, here of one address each: a flow is between two stations. */
    void stations(FlowEnds e) {
        if (e.clientLink() >= 0 || e.serverLink() >= 0) {
            begin("ether");
            station("src_macs", e.clientLink());
            station("dest_macs", e.serverLink());
            end();
        }
    }

    private void station(String name, long address) {
        if (address >= 0) {
            texts(name, List.of(HexFormat.ofDelimiter(":").formatHex(new byte[]{(byte) (address >> 40),
                    (byte) (address >> 32), (byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8),
                    (byte) address})));
        }
    }

    void transport(int protocol) {
        word("proto", switch (protocol) {
            case 1 -> "ICMP";
            case 6 -> "TCP";
            case 17 -> "UDP";
            case 58 -> "IPv6-ICMP";
            default -> Integer.toString(protocol);
        });
    }

    void vlan(int vlan) {
        if (vlan >= 0) {
            sure(() -> {
                json.writeArrayFieldStart("vlan");
                if (vlan > 0xFFF) {
                    json.writeNumber(vlan >>> 12);
                }
                json.writeNumber(vlan & 0xFFF);
                json.writeEndArray();
            });
        }
    }

    /** A few hosts speak most of the time: their addresses are written out once. */
    private String address(long high, long low) {
        int slot = (int) (low ^ low >>> 8 ^ high) & RECENT - 1;
        String text = recentText[slot];
        if (text == null || recentLow[slot] != low || recentHigh[slot] != high) {
            text = Addresses.text(high, low);
            recentText[slot] = text;
            recentLow[slot] = low;
            recentHigh[slot] = high;
        }
        return text;
    }

    @Override
    public void number(String name, long value) {
        sure(() -> {
            name(name);
            json.writeNumber(value);
        });
    }

    void real(String name, double value) {
        sure(() -> json.writeNumberField(name, value));
    }

    /** Octets, two digits each; at most {@link JournalSettings#BYTES}. */
    void hex(String name, MemorySegment bytes, long at, int size) {
        for (int i = 0; i < size; i++) {
            byte octet = bytes.get(ValueLayout.JAVA_BYTE, at + i);
            digits[2 * i] = HEX.toHighHexDigit(octet);
            digits[2 * i + 1] = HEX.toLowHexDigit(octet);
        }
        sure(() -> {
            name(name);
            json.writeString(digits, 0, 2 * size);
        });
    }

    void flag(String name, boolean value) {
        sure(() -> {
            name(name);
            json.writeBoolean(value);
        });
    }

    @Override
    public void text(String name, String value) {
        String cut = value.length() <= LONGEST_TEXT ? value : value.substring(0, LONGEST_TEXT) + "\u2026";
        sure(() -> {
            name(name);
            json.writeString(cut);
        });
    }

    /** A text of which there are few: what a policy or this program calls something, never what traffic chooses. */
    void word(String name, String value) {
        sure(() -> {
            name(name);
            json.writeString(known(value));
        });
    }

    /** A {@link #word}, left out where it is missing or empty. */
    void optional(String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            word(name, value);
        }
    }

    void texts(String name, Iterable<String> values) {
        sure(() -> {
            json.writeArrayFieldStart(name);
            for (String value : values) {
                json.writeString(value);
            }
            json.writeEndArray();
        });
    }

    @Override
    public void begin(String name) {
        sure(() -> {
            name(name);
            json.writeStartObject();
        });
    }

    @Override
    public void end() {
        sure(json::writeEndObject);
    }
}
