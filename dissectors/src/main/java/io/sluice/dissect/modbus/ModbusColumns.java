package io.sluice.dissect.modbus;

import io.sluice.dissect.Columns;
import io.sluice.dissect.Dissector;
import io.sluice.dissect.FieldSink;
import io.sluice.dissect.Session;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;

/** Modbus messages as rows of a table. */
final class ModbusColumns implements Columns {
    static final ModbusColumns INSTANCE = new ModbusColumns();

    private static final List<String> NAMES = List.of("trans_id", "proto_id", "length", "unit_id", "func_code",
            "exception_code", "ref_num", "word_cnt", "bit_cnt", "byte_cnt", "diag_code", "mei");

    private static final int ACKNOWLEDGE = 5;

    private ModbusColumns() {}

    @Override
    public List<String> names() {
        return NAMES;
    }

    @Override
    public List<String> values(Session session, int direction, MemorySegment bytes, long at, int size) {
        ModbusView view = new ModbusView().wrap(bytes, at, size);
        return List.of(
                text(size >= 2 ? view.transaction() : ModbusView.ABSENT),
                text(size >= 4 ? view.protocol() : ModbusView.ABSENT),
                text(size >= 6 ? view.length() : ModbusView.ABSENT),
                text(size >= 7 ? view.unit() : ModbusView.ABSENT),
                text(size >= 8 ? view.function() : ModbusView.ABSENT),
                text(view.exceptionCode()),
                text(view.referenceNumber(direction)),
                text(view.wordCount(direction)),
                text(view.bitCount(direction)),
                text(view.byteCount(direction)),
                text(view.diagnosticCode()),
                text(view.meiType()));
    }

    @Override
    public long exchange(Session session, int direction, MemorySegment bytes, long at, int size) {
        return size < 2 ? -1 : new ModbusView().wrap(bytes, at, size).transaction();
    }

    /** Exception 5 says that the device is at it (MODBUS Application Protocol V1.1b3 §7). */
    @Override
    public boolean refusal(Session session, MemorySegment bytes, long at, int size) {
        int code = size < 8 ? ModbusView.ABSENT : new ModbusView().wrap(bytes, at, size).exceptionCode();
        return code != ModbusView.ABSENT && code != ACKNOWLEDGE;
    }

    private static String text(long value) {
        return value == ModbusView.ABSENT ? "" : Long.toString(value);
    }

    @Override
    public String summary(Session session, int direction, MemorySegment bytes, long at, int size) {
        if (size < 8) {
            return size + " bytes";
        }
        ModbusView view = new ModbusView().wrap(bytes, at, size);
        int sub = switch (view.function()) {
            case 8 -> view.diagnosticCode();
            case 43 -> view.meiType();
            case 90 -> direction == Dissector.TO_SERVER && size >= 10 ? view.umasFunction() : ModbusView.ABSENT;
            default -> ModbusView.ABSENT;
        };
        String name = sub == ModbusView.ABSENT
                ? ModbusFunctions.name(view.function())
                : ModbusFunctions.name(view.function(), sub);
        return name + ", unit " + view.unit() + details(view, direction);
    }

    /** Named as in the events of Suricata, so that what reads those reads these. */
    @Override
    public void fields(Session session, int direction, MemorySegment bytes, long at, int size, FieldSink sink) {
        if (size < 8) {
            return;
        }
        ModbusView view = new ModbusView().wrap(bytes, at, size);
        sink.number("transaction_id", view.transaction());
        sink.number("protocol_id", view.protocol());
        sink.number("unit_id", view.unit());
        sink.number("function_raw", view.functionByte());
        sink.text("function_code", ModbusFunctions.name(view.function()));
        raw(sink, "exception", view.exceptionCode());
        raw(sink, "diagnostic", view.diagnosticCode());
        raw(sink, "mei", view.meiType());
        range(sink, view, direction);
        ModbusIdentification.write(ModbusIdentification.of(direction, bytes, at, size), sink);
    }

    @Override
    public String introduction(int direction, MemorySegment bytes, long at, int size) {
        Map<String, String> objects = ModbusIdentification.of(direction, bytes, at, size);
        return objects.isEmpty() ? "" : "unit " + new ModbusView().wrap(bytes, at, size).unit() + " " + objects;
    }

    private static void raw(FieldSink sink, String name, int code) {
        if (code != ModbusView.ABSENT) {
            sink.begin(name);
            sink.number("raw", code);
            sink.end();
        }
    }

    /** Files (functions 20 and 21) have groups of records instead of one range. */
    private static void range(FieldSink sink, ModbusView view, int direction) {
        int function = view.function();
        long address = view.referenceNumber(direction);
        if (address == ModbusView.ABSENT || function == 20 || function == 21) {
            return;
        }
        sink.begin(function <= 4 || function == 23 || function == 24 ? "read" : "write");
        sink.number("address", address);
        int quantity = Math.max(view.wordCount(direction), view.bitCount(direction));
        if (quantity != ModbusView.ABSENT) {
            sink.number("quantity", quantity);
        } else if ((function == 5 || function == 6) && view.size() >= 12) {
            sink.number("data", view.singleValue());
        }
        sink.end();
    }

    private static String details(ModbusView view, int direction) {
        if (view.exceptionCode() != ModbusView.ABSENT) {
            return ", exception " + view.exceptionCode() + " " + ModbusFunctions.exception(view.exceptionCode());
        }
        long address = view.referenceNumber(direction);
        int count = Math.max(view.wordCount(direction), view.bitCount(direction));
        if (address == ModbusView.ABSENT) {
            return "";
        }
        return ", " + address + (count > 1 ? ".." + (address + count - 1) : "");
    }
}
