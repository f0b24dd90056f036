package io.sluice.dissect.modbus;

import io.sluice.dissect.Facts;

/**
 * What a request asks for: fills the facts of a request whose shape was checked, as far as its first {@code have} bytes
 * tell. A span appears once its items are known; its values follow as they arrive.
 */
final class ModbusMeaning {
    /** Operations of {@link ModbusVocabulary}. */
    static final int READ = 0;
    static final int WRITE = 1;
    static final int FUNCTION = 2;

    /** Values of the selector {@code space}. */
    static final int NONE = 0;
    static final int COIL = 1;
    static final int DISCRETE = 2;
    static final int INPUT = 3;
    static final int HOLDING = 4;
    static final int FILE = 5;
    static final int FIFO = 6;
    /** How many spaces there are, {@link #NONE} included. */
    static final int SPACES = 7;

    /** In place of a sub-function, for codes that have none. */
    static final int NO_SUB_FUNCTION = 0xFFFF;

    private ModbusMeaning() {}

    static int scope(int unit, int space) {
        return unit * SPACES + space;
    }

    /** The item of a function named by number. */
    static int functionItem(int code, int sub) {
        return (code << 16) | sub;
    }

    static void fill(ModbusView v, long have, Facts facts) {
        int unit = v.unit();
        switch (v.functionByte()) {
            case 1 -> read(v, have, facts, scope(unit, COIL));
            case 2 -> read(v, have, facts, scope(unit, DISCRETE));
            case 3 -> read(v, have, facts, scope(unit, HOLDING));
            case 4 -> read(v, have, facts, scope(unit, INPUT));
            case 5, 6 -> writeOne(v, have, facts);
            case 7, 11, 12, 17 -> facts.add(READ, scope(unit, NONE), Facts.NO_ITEM, Facts.NO_ITEM);
            case 8 -> diagnostics(v, have, facts);
            case 15 -> writeMany(v, have, facts, scope(unit, COIL), Facts.BITS);
            case 16 -> writeMany(v, have, facts, scope(unit, HOLDING), Facts.UINT16);
            case 20 -> readFile(v, have, facts);
            case 21 -> writeFile(v, have, facts);
            case 22 -> mask(v, have, facts);
            case 23 -> readWrite(v, have, facts);
            case 24 -> fifo(v, have, facts);
            case 43 -> encapsulated(v, have, facts);
            case 90 -> umas(v, have, facts);
            default -> function(facts, unit, functionItem(v.functionByte(), NO_SUB_FUNCTION), true);
        }
    }

    private static void function(Facts facts, int unit, int item, boolean opaque) {
        facts.add(FUNCTION, scope(unit, NONE), item, item);
        facts.opaque(opaque);
    }

    private static void read(ModbusView v, long have, Facts facts, int scope) {
        if (have >= 12) {
            int both = v.u32(8);
            int address = both >>> 16;
            facts.add(READ, scope, address, address + (both & 0xFFFF) - 1);
        }
    }

    /** Functions 5 and 6 name their item two bytes before its value. */
    private static void writeOne(ModbusView v, long have, Facts facts) {
        if (have < 10) {
            return;
        }
        boolean coil = v.functionByte() == 5;
        int address = v.address();
        int span = facts.add(WRITE, scope(v.unit(), coil ? COIL : HOLDING), address, address);
        if (have < 12) {
            facts.values(span, Facts.UINT16, v.position(10), 0);
        } else {
            facts.store(span, coil ? v.singleValue() >>> 15 : v.singleValue());
        }
    }

    private static void writeMany(ModbusView v, long have, Facts facts, int scope, int encoding) {
        if (have >= 12) {
            int both = v.u32(8);
            int address = both >>> 16;
            int quantity = both & 0xFFFF;
            int span = facts.add(WRITE, scope, address, address + quantity - 1);
            facts.values(span, encoding, v.position(13), readable(quantity, have - 13, encoding));
        }
    }

    /** How many of {@code quantity} values the first {@code bytes} of them hold. */
    private static int readable(int quantity, long bytes, int encoding) {
        long whole = encoding == Facts.BITS ? bytes * 8 : bytes >> 1;
        return (int) Math.clamp(whole, 0, (long) quantity);
    }

    /** The result depends on what the register held: the value is unknown. */
    private static void mask(ModbusView v, long have, Facts facts) {
        if (have >= 10) {
            facts.unknownValue(facts.add(WRITE, scope(v.unit(), HOLDING), v.address(), v.address()));
        }
    }

    /** The device writes before it reads; so does the list of spans, once the range to be written is known. */
    private static void readWrite(ModbusView v, long have, Facts facts) {
        if (have < 12) {
            return;
        }
        int scope = scope(v.unit(), HOLDING);
        if (have >= 16) {
            int address = v.u16(12);
            int quantity = v.u16(14);
            int span = facts.add(WRITE, scope, address, address + quantity - 1);
            facts.values(span, Facts.UINT16, v.position(17), readable(quantity, have - 17, Facts.UINT16));
        }
        facts.add(READ, scope, v.address(), v.address() + v.quantity() - 1);
    }

    private static void fifo(ModbusView v, long have, Facts facts) {
        if (have >= 10) {
            facts.add(READ, scope(v.unit(), FIFO), v.address(), v.address());
        }
    }

    private static void readFile(ModbusView v, long have, Facts facts) {
        int scope = scope(v.unit(), FILE);
        for (int group = 9; group + 7 <= have; group += 7) {
            group(v, group, facts, READ, scope);
        }
    }

    private static void writeFile(ModbusView v, long have, Facts facts) {
        int scope = scope(v.unit(), FILE);
        int group = 9;
        while (group + 7 <= have) {
            int span = group(v, group, facts, WRITE, scope);
            int length = v.u16(group + 5);
            facts.values(span, Facts.UINT16, v.position(group + 7),
                    readable(length, have - group - 7, Facts.UINT16));
            group += 7 + 2 * length;
        }
    }

    private static int group(ModbusView v, int group, Facts facts, int operation, int scope) {
        int record = v.u16(group + 3);
        int span = facts.add(operation, scope, record, record + v.u16(group + 5) - 1);
        facts.extra(span, v.u16(group + 1));
        return span;
    }

    private static void diagnostics(ModbusView v, long have, Facts facts) {
        if (have >= 10) {
            int sub = v.diagnosticSubFunction();
            function(facts, v.unit(), functionItem(8, sub), !ModbusFunctions.isDiagnostic(sub));
        }
    }

    private static void encapsulated(ModbusView v, long have, Facts facts) {
        if (have >= 9) {
            int type = v.u8(8);
            function(facts, v.unit(), functionItem(43, type), type != ModbusFunctions.DEVICE_IDENTIFICATION);
        }
    }

    private static void umas(ModbusView v, long have, Facts facts) {
        if (have >= 10) {
            function(facts, v.unit(), functionItem(90, v.umasFunction()), true);
        }
    }
}
