package io.sluice.dissect.modbus;

import static io.sluice.dissect.Malformed.ADDRESS_RANGE;
import static io.sluice.dissect.Malformed.BYTE_COUNT;
import static io.sluice.dissect.Malformed.COIL_VALUE;
import static io.sluice.dissect.Malformed.DEVICE_IDENTIFICATION;
import static io.sluice.dissect.Malformed.FILE_GROUP;
import static io.sluice.dissect.Malformed.FUNCTION_CODE;
import static io.sluice.dissect.Malformed.LENGTH_MISMATCH;
import static io.sluice.dissect.Malformed.QUANTITY;
import static io.sluice.dissect.Malformed.SUB_FUNCTION_DATA;

import io.sluice.dissect.Malformed;

/**
 * Which requests are well formed: MODBUS Application Protocol V1.1b3 §6. Every check runs as soon as the bytes that it
 * needs are here, in the order of those bytes; so a message that is refused half-read would be refused whole, for the
 * same reason, and a good one is refused at no point.
 */
final class ModbusRequestShape {
    /** Size of a frame whose PDU is the function code alone. */
    private static final int BARE = 8;
    /** Size of a frame with two words after the function code. */
    private static final int TWO_WORDS = 12;
    /** Addresses, and one more. */
    private static final int ADDRESSES = 0x1_0000;

    private ModbusRequestShape() {}

    /** Needs 8 bytes at least; 0 or a negated code. */
    static int check(ModbusView v, long have) {
        return switch (v.functionByte()) {
            case 1, 2 -> read(v, have, 2000);
            case 3, 4 -> read(v, have, 125);
            case 5 -> coil(v, have);
            case 6 -> size(v, TWO_WORDS);
            case 7, 11, 12, 17 -> size(v, BARE);
            case 8 -> diagnostics(v, have);
            case 15 -> writeMany(v, have, 1968);
            case 16 -> writeMany(v, have, 123);
            case 20 -> readFile(v, have);
            case 21 -> writeFile(v, have);
            case 22 -> size(v, 14);
            case 23 -> readWrite(v, have);
            case 24 -> size(v, 10);
            case 43 -> encapsulated(v, have);
            case 90 -> v.size() < 10 ? refuse(LENGTH_MISMATCH) : 0;
            default -> other(v);
        };
    }

    /** A code without known body passes as it is; 0 and those with the exception bit are no request (§4.1). */
    private static int other(ModbusView v) {
        return v.functionByte() == 0 || v.isException() ? refuse(FUNCTION_CODE) : 0;
    }

    private static int size(ModbusView v, int size) {
        return v.size() == size ? 0 : refuse(LENGTH_MISMATCH);
    }

    /** §6.1 to §6.4. */
    private static int read(ModbusView v, long have, int most) {
        if (v.size() != TWO_WORDS) {
            return refuse(LENGTH_MISMATCH);
        }
        return have < TWO_WORDS ? 0 : run(v, 8, most);
    }

    /** An address and a quantity, at {@code offset} and the word after it. */
    private static int run(ModbusView v, int offset, int most) {
        int both = v.u32(offset);
        int quantity = both & 0xFFFF;
        if (quantity == 0 || quantity > most) {
            return refuse(QUANTITY);
        }
        return (both >>> 16) + quantity > ADDRESSES ? refuse(ADDRESS_RANGE) : 0;
    }

    /** §6.5: nothing but 0x0000 and 0xFF00 is a coil's value. */
    private static int coil(ModbusView v, long have) {
        if (v.size() != TWO_WORDS) {
            return refuse(LENGTH_MISMATCH);
        }
        if (have < TWO_WORDS) {
            return 0;
        }
        int value = v.singleValue();
        return value == 0 || value == 0xFF00 ? 0 : refuse(COIL_VALUE);
    }

    /** §6.11 and §6.12: quantity, byte count and frame length must say the same. */
    private static int writeMany(ModbusView v, long have, int most) {
        if (v.size() <= 13) {
            return refuse(LENGTH_MISMATCH);
        }
        if (have < TWO_WORDS) {
            return 0;
        }
        int problem = run(v, 8, most);
        if (problem != 0) {
            return problem;
        }
        int data = v.functionByte() == 15 ? (v.quantity() + 7) >> 3 : 2 * v.quantity();
        if (v.size() != 13 + data) {
            return refuse(LENGTH_MISMATCH);
        }
        return have > 12 && v.u8(12) != data ? refuse(BYTE_COUNT) : 0;
    }

    /** §6.17. */
    private static int readWrite(ModbusView v, long have) {
        if (v.size() <= 17) {
            return refuse(LENGTH_MISMATCH);
        }
        if (have < 12) {
            return 0;
        }
        int problem = run(v, 8, 125);
        if (problem != 0 || have < 16) {
            return problem;
        }
        problem = run(v, 12, 121);
        if (problem != 0) {
            return problem;
        }
        int data = 2 * v.u16(14);
        if (v.size() != 17 + data) {
            return refuse(LENGTH_MISMATCH);
        }
        return have > 16 && v.u8(16) != data ? refuse(BYTE_COUNT) : 0;
    }

    /** §6.8: the sub-functions that the standard defines have one data word; the loop-back has any number of words. */
    private static int diagnostics(ModbusView v, long have) {
        if (v.size() < TWO_WORDS) {
            return refuse(LENGTH_MISMATCH);
        }
        if (have < 10) {
            return 0;
        }
        int sub = v.diagnosticSubFunction();
        if (sub == 0) {
            return (v.size() & 1) == 0 ? 0 : refuse(SUB_FUNCTION_DATA);
        }
        if (!ModbusFunctions.isDiagnostic(sub)) {
            return 0;
        }
        if (v.size() != TWO_WORDS) {
            return refuse(LENGTH_MISMATCH);
        }
        return have < TWO_WORDS || fits(sub, v.u16(10)) ? 0 : refuse(SUB_FUNCTION_DATA);
    }

    private static boolean fits(int sub, int data) {
        return switch (sub) {
            case 1 -> data == 0 || data == 0xFF00;
            case 3 -> (data & 0xFF) == 0;
            default -> data == 0;
        };
    }

    /** §6.14: groups of seven bytes; the answer must fit a PDU too. */
    private static int readFile(ModbusView v, long have) {
        int count = v.size() - 9;
        if (count < 7 || count > 0xF5 || count % 7 != 0) {
            return refuse(LENGTH_MISMATCH);
        }
        if (have > 8 && v.u8(8) != count) {
            return refuse(BYTE_COUNT);
        }
        int answer = 0;
        for (int group = 9; group + 7 <= have; group += 7) {
            answer += 2 + 2 * v.u16(group + 5);
            if (!group(v, group) || answer > 0xF5) {
                return refuse(FILE_GROUP);
            }
        }
        return 0;
    }

    /** §6.15: groups of seven bytes, each followed by its records. The answer is an echo. */
    static int writeFile(ModbusView v, long have) {
        int count = v.size() - 9;
        if (count < 9 || count > 0xFB) {
            return refuse(LENGTH_MISMATCH);
        }
        if (have > 8 && v.u8(8) != count) {
            return refuse(BYTE_COUNT);
        }
        int group = 9;
        while (group < v.size() && group + 7 <= have) {
            if (!group(v, group)) {
                return refuse(FILE_GROUP);
            }
            group += 7 + 2 * v.u16(group + 5);
            if (group > v.size() || (group < v.size() && group + 9 > v.size())) {
                return refuse(FILE_GROUP);
            }
        }
        return 0;
    }

    /** Reference type 6, a file from 1 on, records 0 to 9999, at least one of them. */
    private static boolean group(ModbusView v, int group) {
        int length = v.u16(group + 5);
        return v.u8(group) == 6 && v.u16(group + 1) != 0 && length != 0
                && v.u16(group + 3) + length <= ModbusFunctions.RECORDS;
    }

    /** §6.19 to §6.21: of the MEI types only 14, Read Device Identification, has a body that is known. */
    private static int encapsulated(ModbusView v, long have) {
        if (v.size() < 9) {
            return refuse(LENGTH_MISMATCH);
        }
        if (have < 9 || v.u8(8) != ModbusFunctions.DEVICE_IDENTIFICATION) {
            return 0;
        }
        if (v.size() != 11) {
            return refuse(LENGTH_MISMATCH);
        }
        return have > 9 && (v.u8(9) < 1 || v.u8(9) > 4) ? refuse(DEVICE_IDENTIFICATION) : 0;
    }

    static int refuse(Malformed reason) {
        return -reason.code();
    }
}
