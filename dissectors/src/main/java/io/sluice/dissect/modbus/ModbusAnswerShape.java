package io.sluice.dissect.modbus;

import static io.sluice.dissect.Malformed.BYTE_COUNT;
import static io.sluice.dissect.Malformed.COIL_VALUE;
import static io.sluice.dissect.Malformed.DEVICE_IDENTIFICATION;
import static io.sluice.dissect.Malformed.EXCEPTION_CODE;
import static io.sluice.dissect.Malformed.FIFO_COUNT;
import static io.sluice.dissect.Malformed.FILE_GROUP;
import static io.sluice.dissect.Malformed.LENGTH_MISMATCH;
import static io.sluice.dissect.modbus.ModbusRequestShape.refuse;

/**
 * Which answers are well formed by themselves: MODBUS Application Protocol V1.1b3 §6 and §7. Whether an answer fits its
 * request is for {@link ModbusSession}. As with requests, each check runs as soon as its bytes are here.
 */
final class ModbusAnswerShape {
    private ModbusAnswerShape() {}

    /** Needs 8 bytes at least; 0 or a negated code. */
    static int check(ModbusView v, long have) {
        return switch (v.functionByte()) {
            case 1, 2 -> counted(v, have, 1, 250);
            case 3, 4, 23 -> registers(v, have);
            case 5 -> coil(v, have);
            case 6, 11, 15, 16 -> size(v, 12);
            case 7 -> size(v, 9);
            case 8 -> diagnostics(v, have);
            case 12 -> counted(v, have, 6, 70);
            case 17 -> counted(v, have, 1, 251);
            case 20 -> readFile(v, have);
            case 21 -> ModbusRequestShape.writeFile(v, have);
            case 22 -> size(v, 14);
            case 24 -> fifo(v, have);
            case 43 -> encapsulated(v, have);
            case 90 -> v.size() < 10 ? refuse(LENGTH_MISMATCH) : 0;
            default -> v.isException() ? exception(v, have) : 0;
        };
    }

    private static int size(ModbusView v, int size) {
        return v.size() == size ? 0 : refuse(LENGTH_MISMATCH);
    }

    /** §7: one of the codes that the standard, or its long use, defines. */
    private static int exception(ModbusView v, long have) {
        if (v.size() != 9) {
            return refuse(LENGTH_MISMATCH);
        }
        return have < 9 || ModbusFunctions.isException(v.u8(8)) ? 0 : refuse(EXCEPTION_CODE);
    }

    /** A byte count that must fill the frame. */
    private static int counted(ModbusView v, long have, int least, int most) {
        int count = v.size() - 9;
        if (count < least || count > most) {
            return refuse(LENGTH_MISMATCH);
        }
        return have > 8 && v.u8(8) != count ? refuse(BYTE_COUNT) : 0;
    }

    private static int registers(ModbusView v, long have) {
        return (v.size() & 1) == 0 ? refuse(LENGTH_MISMATCH) : counted(v, have, 2, 250);
    }

    private static int coil(ModbusView v, long have) {
        if (v.size() != 12) {
            return refuse(LENGTH_MISMATCH);
        }
        return have < 12 || v.singleValue() == 0 || v.singleValue() == 0xFF00 ? 0 : refuse(COIL_VALUE);
    }

    /** §6.8: one word of data, but for the loop-back and for sub-functions that the standard does not define. */
    private static int diagnostics(ModbusView v, long have) {
        if (v.size() < 12) {
            return refuse(LENGTH_MISMATCH);
        }
        if (have < 10) {
            return 0;
        }
        int sub = v.diagnosticSubFunction();
        return sub == 0 || !ModbusFunctions.isDiagnostic(sub) ? 0 : size(v, 12);
    }

    /** §6.14: groups of a length, the reference type 6 and the records; the length counts all but itself. */
    private static int readFile(ModbusView v, long have) {
        int problem = counted(v, have, 4, 0xF5);
        if (problem != 0) {
            return problem;
        }
        int group = 9;
        while (group < v.size() && group < have) {
            int length = v.u8(group);
            if (length < 3 || (length & 1) == 0 || group + 1 + length > v.size()
                    || (group + 1 < have && v.u8(group + 1) != 6)) {
                return refuse(FILE_GROUP);
            }
            group += 1 + length;
        }
        return 0;
    }

    /** §6.18: the byte count has 16 bits here and counts the FIFO count too. */
    private static int fifo(ModbusView v, long have) {
        int count = v.size() - 10;
        if (count < 2 || (count & 1) != 0 || count > 2 + 2 * 31) {
            return refuse(LENGTH_MISMATCH);
        }
        if (have < 10) {
            return 0;
        }
        if (v.u16(8) != count) {
            return refuse(BYTE_COUNT);
        }
        return have > 11 && 2 + 2 * v.u16(10) != count ? refuse(FIFO_COUNT) : 0;
    }

    private static int encapsulated(ModbusView v, long have) {
        if (v.size() < 9) {
            return refuse(LENGTH_MISMATCH);
        }
        if (have < 9 || v.u8(8) != ModbusFunctions.DEVICE_IDENTIFICATION) {
            return 0;
        }
        if (v.size() < 14) {
            return refuse(LENGTH_MISMATCH);
        }
        if ((have > 9 && (v.u8(9) < 1 || v.u8(9) > 4))
                || (have > 10 && ((v.u8(10) & 0x7F) < 1 || (v.u8(10) & 0x7F) > 3))
                || (have > 11 && v.u8(11) != 0 && v.u8(11) != 0xFF)) {
            return refuse(DEVICE_IDENTIFICATION);
        }
        return have < 14 ? 0 : objects(v, have);
    }

    /** §6.21: as many objects (identifier, length, text) as announced, and nothing behind them. */
    private static int objects(ModbusView v, long have) {
        int at = 14;
        for (int left = v.u8(13); left > 0; left--) {
            if (at + 2 > v.size()) {
                return refuse(DEVICE_IDENTIFICATION);
            }
            if (at + 2 > have) {
                return 0;
            }
            at += 2 + v.u8(at + 1);
            if (at > v.size()) {
                return refuse(DEVICE_IDENTIFICATION);
            }
        }
        return at == v.size() ? 0 : refuse(DEVICE_IDENTIFICATION);
    }
}
