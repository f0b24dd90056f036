package io.sluice.dissect.modbus;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.ByteOrder.BIG_ENDIAN;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Vocabulary.Request;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * One span of a request that was given in words.
 *
 * @param extra file number, or {@link Facts#NO_ITEM}
 * @param values one for each item, or none where a write's result is unknown
 */
record ModbusRequestPart(int operation, int scope, int low, int high, int extra, List<Integer> values) {
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(BIG_ENDIAN);

    /** A request that pours these parts into facts, as if a message had been read. */
    static Request request(List<ModbusRequestPart> parts) {
        int size = parts.stream().mapToInt(p -> 2 * p.values.size()).sum();
        // Facts point into bytes, and only native ones; the request keeps these alive.
        MemorySegment bytes = Arena.ofAuto().allocate(Math.max(1, size));
        return (facts, names) -> {
            facts.reset(bytes);
            long at = 0;
            for (ModbusRequestPart part : parts) {
                at = part.fill(facts, bytes, at);
            }
        };
    }

    private long fill(Facts facts, MemorySegment bytes, long at) {
        int span = facts.add(operation, scope, low, high);
        facts.extra(span, extra);
        if (operation == ModbusMeaning.FUNCTION) {
            facts.opaque(facts.opaque() || isOpaque());
        }
        if (operation != ModbusMeaning.WRITE) {
            return at;
        }
        if (values.isEmpty()) {
            facts.unknownValue(span);
        } else if (values.size() == 1) {
            facts.store(span, values.getFirst());
        } else if (scope % ModbusMeaning.SPACES == ModbusMeaning.COIL) {
            return bits(facts, span, bytes, at);
        } else {
            return registers(facts, span, bytes, at);
        }
        return at;
    }

    private long bits(Facts facts, int span, MemorySegment bytes, long at) {
        bytes.asSlice(at, values.size()).fill((byte) 0);
        for (int i = 0; i < values.size(); i++) {
            int packed = bytes.get(JAVA_BYTE, at + (i >> 3)) | (values.get(i) << (i & 7));
            bytes.set(JAVA_BYTE, at + (i >> 3), (byte) packed);
        }
        facts.values(span, Facts.BITS, at, values.size());
        return at + 2L * values.size();
    }

    private long registers(Facts facts, int span, MemorySegment bytes, long at) {
        for (int i = 0; i < values.size(); i++) {
            bytes.set(U16, at + 2L * i, values.get(i).shortValue());
        }
        facts.values(span, Facts.UINT16, at, values.size());
        return at + 2L * values.size();
    }

    private boolean isOpaque() {
        int sub = low & 0xFFFF;
        return switch (low >>> 16) {
            case 8 -> !ModbusFunctions.isDiagnostic(sub);
            case 43 -> sub != ModbusFunctions.DEVICE_IDENTIFICATION;
            default -> true;
        };
    }
}
