package io.sluice.dissect.modbus;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import java.util.random.RandomGenerator;

/** Encodes random well-formed messages of every function: the inverse of the dissector, written from the standard. */
final class ModbusMessages {
    /** Every function with a body that is known, an unknown one (66) and UMAS (90). */
    static final List<Integer> FUNCTIONS = List.of(1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 15, 16, 17, 20, 21, 22, 23, 24, 43,
            66, 90);

    private static final int[] DIAGNOSTICS = {0, 1, 2, 3, 4, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20};

    private final RandomGenerator random;
    private int transaction;
    private int unit;
    private int function;

    ModbusMessages(RandomGenerator random) {
        this.random = random;
    }

    ModbusMessage any() {
        return of(FUNCTIONS.get(random.nextInt(FUNCTIONS.size())));
    }

    ModbusMessage of(int code) {
        transaction = random.nextInt(0x1_0000);
        unit = random.nextInt(256);
        function = code;
        return switch (code) {
            case 1, 2 -> read(2000, code == 1 ? "coil" : "discrete");
            case 3, 4 -> read(125, code == 3 ? "holding" : "input");
            case 5, 6 -> writeOne();
            case 7 -> message("read unit " + unit, body(), body(random.nextInt(256)));
            case 8 -> diagnostics();
            case 11 -> message("read unit " + unit, body(), body(0xFF, 0xFF, 1, 8));
            case 12 -> eventLog();
            case 15 -> writeCoils();
            case 16 -> writeRegisters();
            case 17 -> message("read unit " + unit, body(), body(3, 0x0A, 0xFF, 9));
            case 20 -> readFiles();
            case 21 -> writeFiles();
            case 22 -> mask();
            case 23 -> readWrite();
            case 24 -> fifo();
            case 43 -> identification();
            case 90 -> umas();
            default -> message("function " + code + " unit " + unit, noise(random.nextInt(20)),
                    noise(random.nextInt(20)));
        };
    }

    private ModbusMessage read(int most, String space) {
        int quantity = random.nextInt(1, most + 1);
        int address = random.nextInt(0x1_0000 - quantity + 1);
        int count = most == 2000 ? (quantity + 7) / 8 : 2 * quantity;
        ByteArrayOutputStream answer = body(count);
        answer.writeBytes(noise(count).toByteArray());
        return message("read unit " + unit + " " + space + " " + range(address, quantity), words(address, quantity),
                answer);
    }

    private ModbusMessage writeOne() {
        int address = random.nextInt(0x1_0000);
        boolean coil = function == 5;
        int value = random.nextInt(coil ? 2 : 0x1_0000);
        return message("write unit " + unit + (coil ? " coil " : " holding ") + address + " = " + value,
                words(address, coil ? value * 0xFF00 : value), words(address, coil ? value * 0xFF00 : value));
    }

    private ModbusMessage diagnostics() {
        int sub = DIAGNOSTICS[random.nextInt(DIAGNOSTICS.length)];
        ByteArrayOutputStream request = words(sub);
        if (sub == 0) {
            request.writeBytes(noise(2 * random.nextInt(1, 126)).toByteArray());
        } else if (sub == 1) {
            request.writeBytes(words(random.nextBoolean() ? 0xFF00 : 0).toByteArray());
        } else {
            request.writeBytes(words(sub == 3 ? random.nextInt(256) << 8 : 0).toByteArray());
        }
        ByteArrayOutputStream answer = sub > 4 ? words(sub, random.nextInt(0x1_0000)) : request;
        ModbusMessage message = message("function 8/" + sub + " unit " + unit, request, answer);
        return sub == 4 ? new ModbusMessage(8, message.words(), message.request(), "") : message;
    }

    private ModbusMessage eventLog() {
        int events = random.nextInt(65);
        ByteArrayOutputStream answer = body(6 + events, 0, 0, 1, 8, 1, 0x21);
        answer.writeBytes(noise(events).toByteArray());
        return message("read unit " + unit, body(), answer);
    }

    private ModbusMessage writeCoils() {
        int quantity = random.nextInt(1, 1969);
        int address = random.nextInt(0x1_0000 - quantity + 1);
        ByteArrayOutputStream request = words(address, quantity);
        request.write((quantity + 7) / 8);
        StringJoiner values = new StringJoiner(", ");
        int packed = 0;
        for (int i = 0; i < quantity; i++) {
            int bit = random.nextInt(2);
            values.add(Integer.toString(bit));
            packed |= bit << (i % 8);
            if (i % 8 == 7 || i == quantity - 1) {
                request.write(packed);
                packed = 0;
            }
        }
        return message("write unit " + unit + " coil " + range(address, quantity) + " = " + values, request,
                words(address, quantity));
    }

    private ModbusMessage writeRegisters() {
        int quantity = random.nextInt(1, 124);
        int address = random.nextInt(0x1_0000 - quantity + 1);
        ByteArrayOutputStream request = words(address, quantity);
        request.write(2 * quantity);
        String values = registers(request, quantity);
        return message("write unit " + unit + " holding " + range(address, quantity) + " = " + values, request,
                words(address, quantity));
    }

    private ModbusMessage readFiles() {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        StringJoiner words = new StringJoiner(" and ");
        do {
            int length = random.nextInt(1, 6);
            words.add("read " + group(request, length));
            answer.write(1 + 2 * length);
            answer.write(6);
            answer.writeBytes(noise(2 * length).toByteArray());
        } while (random.nextInt(4) != 0 && answer.size() + 12 <= 0xF5 && request.size() + 7 <= 0xF5);
        return message(words.toString(), counted(request), counted(answer));
    }

    private ModbusMessage writeFiles() {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        StringJoiner words = new StringJoiner(" and ");
        do {
            int length = random.nextInt(1, 6);
            words.add("write " + group(request, length) + " = " + registers(request, length));
        } while (random.nextInt(4) != 0 && request.size() + 17 <= 0xFB);
        return message(words.toString(), counted(request), counted(request));
    }

    private String group(ByteArrayOutputStream request, int length) {
        int file = random.nextInt(1, 0x1_0000);
        int record = random.nextInt(10_000 - length + 1);
        request.write(6);
        request.writeBytes(words(file, record, length).toByteArray());
        return "unit " + unit + " file " + file + " record " + range(record, length);
    }

    private ModbusMessage mask() {
        int address = random.nextInt(0x1_0000);
        ByteArrayOutputStream body = words(address, random.nextInt(0x1_0000), random.nextInt(0x1_0000));
        return message("write unit " + unit + " holding " + address, body, body);
    }

    private ModbusMessage readWrite() {
        int reads = random.nextInt(1, 126);
        int writes = random.nextInt(1, 122);
        int readAt = random.nextInt(0x1_0000 - reads + 1);
        int writeAt = random.nextInt(0x1_0000 - writes + 1);
        ByteArrayOutputStream request = words(readAt, reads, writeAt, writes);
        request.write(2 * writes);
        String values = registers(request, writes);
        return message("write unit " + unit + " holding " + range(writeAt, writes) + " = " + values + " and read unit "
                + unit + " holding " + range(readAt, reads), request, counted(noise(2 * reads)));
    }

    private ModbusMessage fifo() {
        int address = random.nextInt(0x1_0000);
        int values = random.nextInt(32);
        ByteArrayOutputStream answer = words(2 + 2 * values, values);
        answer.writeBytes(noise(2 * values).toByteArray());
        return message("read unit " + unit + " fifo " + address, words(address), answer);
    }

    private ModbusMessage identification() {
        if (random.nextInt(4) == 0) {
            ByteArrayOutputStream body = body(13);
            body.writeBytes(noise(random.nextInt(20)).toByteArray());
            return message("function 43/13 unit " + unit, body, body);
        }
        int kind = random.nextInt(1, 5);
        int objects = random.nextInt(4);
        ByteArrayOutputStream answer = body(14, kind, 0x80 | kind % 3 + 1, 0, 0, objects);
        for (int i = 0; i < objects; i++) {
            int length = random.nextInt(30);
            answer.write(i);
            answer.write(length);
            answer.writeBytes(noise(length).toByteArray());
        }
        return message("function 43/14 unit " + unit, body(14, kind, random.nextInt(256)), answer);
    }

    private ModbusMessage umas() {
        int umas = random.nextInt(256);
        ByteArrayOutputStream request = body(random.nextInt(256), umas);
        request.writeBytes(noise(random.nextInt(900)).toByteArray());
        ByteArrayOutputStream answer = body(0, 0xFE);
        answer.writeBytes(noise(random.nextInt(900)).toByteArray());
        return message("function 90/" + umas + " unit " + unit, request, answer);
    }

    private String registers(ByteArrayOutputStream out, int quantity) {
        StringJoiner values = new StringJoiner(", ");
        for (int i = 0; i < quantity; i++) {
            int value = random.nextInt(0x1_0000);
            values.add(Integer.toString(value));
            out.writeBytes(words(value).toByteArray());
        }
        return values.toString();
    }

    private static String range(int first, int quantity) {
        return quantity == 1 ? Integer.toString(first) : first + ".." + (first + quantity - 1);
    }

    private ByteArrayOutputStream noise(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(bytes);
        return out;
    }

    private static ByteArrayOutputStream counted(ByteArrayOutputStream data) {
        ByteArrayOutputStream out = body(data.size());
        out.writeBytes(data.toByteArray());
        return out;
    }

    private static ByteArrayOutputStream body(int... bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int b : bytes) {
            out.write(b);
        }
        return out;
    }

    private static ByteArrayOutputStream words(int... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int word : words) {
            out.write(word >> 8);
            out.write(word);
        }
        return out;
    }

    private ModbusMessage message(String words, ByteArrayOutputStream request, ByteArrayOutputStream answer) {
        return new ModbusMessage(function, words, frame(request), frame(answer));
    }

    private String frame(ByteArrayOutputStream body) {
        return "%04x0000%04x%02x%02x".formatted(transaction, body.size() + 2, unit, function)
                + HexFormat.of().formatHex(body.toByteArray());
    }
}
