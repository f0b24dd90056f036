package io.sluice.dissect.modbus;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.sluice.dissect.Shortfall;
import java.lang.foreign.MemorySegment;

/** The refusal of a request: an exception response (V1.1b3 §7), so that the master keeps its connection and goes on. */
final class ModbusReply {
    /** MBAP header, function code, exception code. */
    static final int SIZE = 9;

    private static final byte ILLEGAL_FUNCTION = 1;
    private static final byte ILLEGAL_DATA_ADDRESS = 2;
    private static final byte ILLEGAL_DATA_VALUE = 3;

    private ModbusReply() {}

    /** Needs the request's first 8 bytes and {@link #SIZE} bytes of room; returns how many were written. */
    static int write(MemorySegment request, long at, int shortfall, MemorySegment out, long outAt) {
        MemorySegment.copy(request, at, out, outAt, 8);
        out.set(JAVA_BYTE, outAt + ModbusView.LENGTH, (byte) 0);
        out.set(JAVA_BYTE, outAt + ModbusView.LENGTH + 1, (byte) (SIZE - ModbusView.PREFIX));
        out.set(JAVA_BYTE, outAt + ModbusView.FUNCTION,
                (byte) (request.get(JAVA_BYTE, at + ModbusView.FUNCTION) | 0x80));
        out.set(JAVA_BYTE, outAt + ModbusView.DATA, switch (shortfall) {
            case Shortfall.ITEM -> ILLEGAL_DATA_ADDRESS;
            case Shortfall.VALUE -> ILLEGAL_DATA_VALUE;
            default -> ILLEGAL_FUNCTION;
        });
        return SIZE;
    }
}
