package io.sluice.dissect.modbus;

/**
 * What an answer must repeat of its request, as one number: the same for both if they fit. Which part of the message
 * that is depends on the function (V1.1b3 §6): the byte count that the quantity asks for, the echoed address and value,
 * or a digest of the whole echoed body.
 */
final class ModbusPairing {
    /** Fits every answer: what the request asked for cannot be told. */
    static final long ANY = Long.MIN_VALUE;
    /** Fits no answer but an exception. */
    static final long SILENT = Long.MIN_VALUE + 1;

    /** The address in the echo of 5 and 6. */
    static final long ADDRESS = 0xFFFF_FFFF_FFFF_0000L;

    private ModbusPairing() {}

    /**
     * Whether the echoed value may be another than was asked for. V1.1b3 §6.5 and §6.6 have the request come back as it was, but
     * devices read back what they hold: another master wrote in between, or the value was cut to what the drive can do. A line
     * must not stop for that.
     */
    static boolean mayDiffer(ModbusView v) {
        return !v.isException() && (v.functionByte() == 5 || v.functionByte() == 6);
    }

    /** Of a whole, well-formed request. */
    static long ofRequest(ModbusView v) {
        return switch (v.functionByte()) {
            case 1, 2 -> (v.quantity() + 7) >> 3;
            case 3, 4, 23 -> 2L * v.quantity();
            case 8 -> ofDiagnostics(v, true);
            case 20 -> ofFileRequest(v);
            default -> ofEither(v);
        };
    }

    /** Of a whole, well-formed answer that is no exception. */
    static long ofAnswer(ModbusView v) {
        return switch (v.functionByte()) {
            case 1, 2, 3, 4, 23 -> v.u8(8);
            case 8 -> ofDiagnostics(v, false);
            case 20 -> ofFileAnswer(v);
            default -> ofEither(v);
        };
    }

    /** Where request and answer carry the same thing at the same place; 0 where they share nothing. */
    private static long ofEither(ModbusView v) {
        return switch (v.functionByte()) {
            case 5, 6, 15, 16 -> v.u32(8);
            case 21, 22 -> digest(v);
            case 43 -> v.u8(8) == ModbusFunctions.DEVICE_IDENTIFICATION ? v.u16(8) : v.u8(8);
            default -> 0;
        };
    }

    /** §6.8: the loop-back returns everything; 8/4, Force Listen Only Mode, returns nothing at all. */
    private static long ofDiagnostics(ModbusView v, boolean request) {
        int sub = v.diagnosticSubFunction();
        if (sub == 0) {
            return digest(v);
        }
        return sub == 4 && request ? SILENT : sub;
    }

    /** §6.14: how long each group of the answer must be, in order. */
    private static long ofFileRequest(ModbusView v) {
        long digest = 0;
        for (int group = 9; group < v.size(); group += 7) {
            digest = digest * PRIME + 1 + 2L * v.u16(group + 5);
        }
        return digest & Long.MAX_VALUE;
    }

    private static long ofFileAnswer(ModbusView v) {
        long digest = 0;
        for (int group = 9; group < v.size(); group += 1 + v.u8(group)) {
            digest = digest * PRIME + v.u8(group);
        }
        return digest & Long.MAX_VALUE;
    }

    private static final long PRIME = 0x100_0000_01B3L;

    /** Of everything behind the function code. Never {@link #ANY} or {@link #SILENT}, which are negative. */
    private static long digest(ModbusView v) {
        long digest = 0xCBF2_9CE4_8422_2325L;
        for (int i = ModbusView.DATA; i < v.size(); i++) {
            digest = (digest ^ v.u8(i)) * PRIME;
        }
        return digest & Long.MAX_VALUE;
    }
}
