package io.sluice.dissect.modbus;

import static io.sluice.dissect.Malformed.ASCII_OVER_TCP;
import static io.sluice.dissect.Malformed.RTU_OVER_TCP;
import static io.sluice.dissect.Malformed.TLS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.sluice.dissect.Malformed;
import java.lang.foreign.MemorySegment;

/**
 * Gives bytes that are no Modbus/TCP their name, so that a report can say what to change in the plant. Only asked once
 * it is certain that the bytes are refused; a name that cannot be told yet never delays the refusal.
 */
final class ModbusStranger {
    private static final int LONGEST_RTU = 256;

    private ModbusStranger() {}

    /** RTU, ASCII or TLS, if it is one of them; else {@code otherwise}. */
    static Malformed name(MemorySegment bytes, long at, long available, Malformed otherwise) {
        if (available < 4) {
            return otherwise;
        }
        if (u8(bytes, at) == 0x16 && u8(bytes, at + 1) == 3) {
            return TLS; // RFC 8446 §5.1: a handshake record, whatever the minor version
        }
        if (isAscii(bytes, at)) {
            return ASCII_OVER_TCP;
        }
        return isRtu(bytes, at, available) ? RTU_OVER_TCP : otherwise;
    }

    /** Serial Line V1.02 §2.5.2: a colon, then characters 0 to 9 and A to F. */
    private static boolean isAscii(MemorySegment bytes, long at) {
        return u8(bytes, at) == ':' && isHex(u8(bytes, at + 1)) && isHex(u8(bytes, at + 2)) && isHex(u8(bytes, at + 3));
    }

    private static boolean isHex(int character) {
        return (character >= '0' && character <= '9') || (character >= 'A' && character <= 'F');
    }

    /** Serial Line V1.02 §2.5.1: unit, function, data, CRC; the end is known from the function alone. */
    static boolean isRtu(MemorySegment bytes, long at, long available) {
        int function = u8(bytes, at + 1);
        return switch (function) {
            case 1, 2, 3, 4 -> holds(bytes, at, available, 8) || counted(bytes, at, available, 2);
            case 5, 6, 8 -> holds(bytes, at, available, 8);
            case 7 -> holds(bytes, at, available, 4) || holds(bytes, at, available, 5);
            case 11 -> holds(bytes, at, available, 4) || holds(bytes, at, available, 8);
            case 12, 17 -> holds(bytes, at, available, 4) || counted(bytes, at, available, 2);
            case 15, 16 -> counted(bytes, at, available, 6) || holds(bytes, at, available, 8);
            case 20, 21 -> counted(bytes, at, available, 2);
            case 22 -> holds(bytes, at, available, 10);
            case 23 -> counted(bytes, at, available, 10) || counted(bytes, at, available, 2);
            case 24 -> holds(bytes, at, available, 6);
            case 43 -> holds(bytes, at, available, 7);
            default -> function > 0x80 && holds(bytes, at, available, 5);
        };
    }

    private static boolean counted(MemorySegment bytes, long at, long available, int countAt) {
        return available > countAt && holds(bytes, at, available, countAt + 1 + u8(bytes, at + countAt) + 2);
    }

    private static boolean holds(MemorySegment bytes, long at, long available, int size) {
        return available >= size && size <= LONGEST_RTU
                && crc(bytes, at, size - 2) == (u8(bytes, at + size - 2) | (u8(bytes, at + size - 1) << 8));
    }

    /** CRC-16/MODBUS: Serial Line V1.02 §6.2.2, polynomial 0xA001 reflected, starting from 0xFFFF. */
    static int crc(MemorySegment bytes, long at, int size) {
        int crc = 0xFFFF;
        for (int i = 0; i < size; i++) {
            crc ^= u8(bytes, at + i);
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xA001;
            }
        }
        return crc;
    }

    private static int u8(MemorySegment bytes, long at) {
        return Byte.toUnsignedInt(bytes.get(JAVA_BYTE, at));
    }
}
