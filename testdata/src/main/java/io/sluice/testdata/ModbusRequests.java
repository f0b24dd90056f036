package io.sluice.testdata;

import java.util.random.RandomGenerator;

/**
 * Draws Modbus requests as masters of a plant send them: mostly reads, some writes, and a few writes above the limit that
 * {@link ModbusTraffic#policy} sets. Modbus Application Protocol V1.1b3 §6.
 */
final class ModbusRequests {
    /** The permitted set points: registers from, to, and their highest value; and the highest permitted coil. */
    static final int FIRST_REGISTER = 100, LAST_REGISTER = 199, HIGHEST_VALUE = 1500, LAST_COIL = 63;

    static final int UNIT = 1;

    private static final int MBAP = 7, LENGTH_BEFORE_UNIT = 6;

    /** One register write in 12 goes above the limit, which makes about one request in a hundred. */
    private static final int ABOVE_LIMIT_ONE_IN = 12;

    private final RandomGenerator random;
    private final byte[] message = new byte[260];
    private int size;
    private boolean aboveLimit;

    ModbusRequests(RandomGenerator random) {
        this.random = random;
    }

    /** Draws a request into {@link #message}. */
    void draw(int transaction) {
        aboveLimit = false;
        size = pdu(random.nextInt(1000));
        Wire.put16(message, 0, transaction);
        Wire.put16(message, 2, 0);
        Wire.put16(message, 4, size - LENGTH_BEFORE_UNIT);
        Wire.put8(message, 6, UNIT);
    }

    byte[] message() {
        return message;
    }

    int size() {
        return size;
    }

    /** Whether the policy refuses the request drawn last. */
    boolean aboveLimit() {
        return aboveLimit;
    }

    private int pdu(int kind) {
        if (kind < 520) {
            return read(3, readAddress(), registerCount());
        } else if (kind < 750) {
            return read(4, readAddress(), registerCount());
        } else if (kind < 800) {
            return read(1, random.nextInt(512), 1 + random.nextInt(random.nextInt(20) == 0 ? 2000 : 64));
        } else if (kind < 850) {
            return read(2, random.nextInt(512), 1 + random.nextInt(256));
        } else if (kind < 905) {
            return writeRegister();
        } else if (kind < 955) {
            return writeRegisters();
        } else if (kind < 975) {
            return read(5, random.nextInt(LAST_COIL + 1), random.nextBoolean() ? 0xFF00 : 0);
        } else if (kind < 985) {
            return writeCoils();
        } else if (kind < 995) {
            return readWriteRegisters();
        }
        return deviceIdentification();
    }

    /** Now and then past the end of the registers, which the device answers with exception 2. */
    private int readAddress() {
        return random.nextInt(400) == 0 ? 60_000 : random.nextInt(1000);
    }

    private int registerCount() {
        return 1 + random.nextInt(random.nextInt(3) == 0 ? 125 : 20);
    }

    /** Function, address, and one more number: the shape of reads and of a single coil (§6.1 to §6.5). */
    private int read(int function, int address, int number) {
        int at = Wire.put8(message, MBAP, function);
        return Wire.put16(message, Wire.put16(message, at, address), number);
    }

    private int writeRegister() {
        aboveLimit = random.nextInt(ABOVE_LIMIT_ONE_IN) == 0;
        return read(6, FIRST_REGISTER + random.nextInt(LAST_REGISTER - FIRST_REGISTER + 1),
                aboveLimit ? tooHigh() : permitted());
    }

    private int writeRegisters() {
        int count = 1 + random.nextInt(random.nextInt(4) == 0 ? 60 : 8);
        int at = read(16, setPoint(count), count);
        return values(Wire.put8(message, at, 2 * count), count);
    }

    private int writeCoils() {
        int count = 1 + random.nextInt(24);
        int at = read(15, random.nextInt(LAST_COIL - count + 2), count);
        int bytes = (count + 7) / 8;
        at = Wire.put8(message, at, bytes);
        int coils = random.nextInt(1 << count);
        for (int i = 0; i < bytes; i++) {
            at = Wire.put8(message, at, coils >>> (8 * i));
        }
        return at;
    }

    private int readWriteRegisters() {
        int count = 1 + random.nextInt(4);
        int at = read(23, random.nextInt(1000), registerCount());
        at = Wire.put16(message, Wire.put16(message, at, setPoint(count)), count);
        return values(Wire.put8(message, at, 2 * count), count);
    }

    private int deviceIdentification() {
        int at = Wire.put16(message, MBAP, 0x2B0E);
        return Wire.put16(message, at, 0x0100); // basic objects, from the first: §6.21
    }

    private int setPoint(int count) {
        return FIRST_REGISTER + random.nextInt(LAST_REGISTER - FIRST_REGISTER + 2 - count);
    }

    /** Values of registers, all permitted but at most one. */
    private int values(int start, int count) {
        aboveLimit = random.nextInt(ABOVE_LIMIT_ONE_IN) == 0;
        int wrong = aboveLimit ? random.nextInt(count) : -1;
        int at = start;
        for (int i = 0; i < count; i++) {
            at = Wire.put16(message, at, i == wrong ? tooHigh() : permitted());
        }
        return at;
    }

    private int permitted() {
        return random.nextInt(8) == 0 ? HIGHEST_VALUE : random.nextInt(HIGHEST_VALUE + 1);
    }

    private int tooHigh() {
        return random.nextInt(4) == 0 ? HIGHEST_VALUE + 1 : HIGHEST_VALUE + 1 + random.nextInt(65_535 - HIGHEST_VALUE);
    }
}
