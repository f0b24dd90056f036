package io.sluice.dissect.modbus;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.sluice.dissect.Dissector;
import io.sluice.dissect.FieldSink;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a device says that it is: the answer to Read Device Identification, MODBUS Application Protocol V1.1b3 §6.21. */
final class ModbusIdentification {
    /** The objects that the standard names, from 0; their names as field names. */
    private static final String[] NAMES = {"vendor_name", "product_code", "revision", "vendor_url", "product_name",
            "model_name", "user_application_name"};

    private static final int OBJECTS = 13;
    private static final int FIRST = 14;

    private ModbusIdentification() {}

    /** Packet path: whether this is such an answer. */
    static boolean isIn(int direction, MemorySegment bytes, long at, int size) {
        if (direction != Dissector.TO_CLIENT || size <= FIRST) {
            return false;
        }
        return bytes.get(JAVA_BYTE, at + ModbusView.FUNCTION) == 43
                && bytes.get(JAVA_BYTE, at + ModbusView.DATA) == ModbusFunctions.DEVICE_IDENTIFICATION;
    }

    /** The objects of such an answer by name, as far as they are there; others than the standard's by their number. */
    static Map<String, String> of(int direction, MemorySegment bytes, long at, int size) {
        Map<String, String> objects = new LinkedHashMap<>();
        if (!isIn(direction, bytes, at, size)) {
            return objects;
        }
        ModbusView view = new ModbusView().wrap(bytes, at, size);
        int next = FIRST;
        for (int n = view.u8(OBJECTS); n > 0 && next + 2 <= size; n--) {
            int id = view.u8(next);
            int length = Math.min(view.u8(next + 1), size - next - 2);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < length; i++) {
                int character = view.u8(next + 2 + i);
                text.append(character >= ' ' && character < 127 ? (char) character : '?');
            }
            objects.put(id < NAMES.length ? NAMES[id] : "object_" + id, text.toString().strip());
            next += 2 + length;
        }
        return objects;
    }

    static void write(Map<String, String> objects, FieldSink sink) {
        if (!objects.isEmpty()) {
            sink.begin("identification");
            objects.forEach(sink::text);
            sink.end();
        }
    }
}
