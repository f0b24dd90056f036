package io.sluice.testdata;

import java.nio.charset.StandardCharsets;

/** A device with registers and coils that answers requests of {@link ModbusRequests}, with what was written before. */
final class ModbusDevice {
    private static final int MBAP = 7, REGISTERS = 2048, COILS = 4096, ILLEGAL_DATA_ADDRESS = 2;
    private static final int ADDRESS = 8, QUANTITY = 10, COUNT = 12;

    private static final String[] IDENTIFICATION = {"Sluice", "generated device", "1.0"};

    private final short[] holding = new short[REGISTERS];
    private final boolean[] coils = new boolean[COILS];
    private final byte[] answer = new byte[260];
    private int measured;

    byte[] answer() {
        return answer;
    }

    /** Carries out a request and returns the size of the answer. */
    int answer(byte[] request) {
        System.arraycopy(request, 0, answer, 0, MBAP + 1);
        int function = Wire.u8(request, MBAP);
        int address = Wire.u16(request, ADDRESS);
        int size = switch (function) {
            case 1, 2 -> readBits(function == 1, address, Wire.u16(request, QUANTITY));
            case 3, 4 -> readRegisters(function == 3, address, Wire.u16(request, QUANTITY));
            case 5 -> {
                coils[address] = request[QUANTITY] != 0;
                yield echo(request);
            }
            case 6 -> {
                holding[address] = (short) Wire.u16(request, QUANTITY);
                yield echo(request);
            }
            case 15 -> writeCoils(request, address);
            case 16 -> {
                writeRegisters(request, address, QUANTITY, COUNT + 1);
                yield echo(request);
            }
            case 23 -> {
                // §6.17: the write is carried out before the read
                writeRegisters(request, Wire.u16(request, 12), 14, 17);
                yield readRegisters(true, address, Wire.u16(request, QUANTITY));
            }
            case 43 -> identify();
            default -> throw new IllegalArgumentException("function " + function + " is not generated");
        };
        Wire.put16(answer, 4, size - 6);
        return size;
    }

    private int echo(byte[] request) {
        System.arraycopy(request, ADDRESS, answer, ADDRESS, 4);
        return COUNT;
    }

    private int readBits(boolean writable, int address, int quantity) {
        int bytes = (quantity + 7) / 8;
        int at = Wire.put8(answer, ADDRESS, bytes);
        for (int i = 0; i < bytes; i++) {
            int bits = 0;
            for (int bit = 0; bit < Math.min(8, quantity - 8 * i); bit++) {
                int number = address + 8 * i + bit;
                bits |= (writable ? coils[number] : (number * 7 + measured) % 5 == 0) ? 1 << bit : 0;
            }
            at = Wire.put8(answer, at, bits);
        }
        measured++;
        return at;
    }

    private int readRegisters(boolean writable, int address, int quantity) {
        if (address + quantity > REGISTERS) {
            Wire.put8(answer, MBAP, Wire.u8(answer, MBAP) | 0x80);
            return Wire.put8(answer, ADDRESS, ILLEGAL_DATA_ADDRESS);
        }
        int at = Wire.put8(answer, ADDRESS, 2 * quantity);
        for (int i = address; i < address + quantity; i++) {
            at = Wire.put16(answer, at, writable ? holding[i] : i * 13 + measured);
        }
        measured++;
        return at;
    }

    private int writeCoils(byte[] request, int address) {
        for (int i = 0; i < Wire.u16(request, QUANTITY); i++) {
            coils[address + i] = (request[COUNT + 1 + i / 8] >> i % 8 & 1) != 0;
        }
        return echo(request);
    }

    private void writeRegisters(byte[] request, int address, int quantityAt, int valuesAt) {
        for (int i = 0; i < Wire.u16(request, quantityAt); i++) {
            holding[address + i] = (short) Wire.u16(request, valuesAt + 2 * i);
        }
    }

    /** Read Device Identification, basic category: §6.21. */
    private int identify() {
        int at = Wire.put32(answer, MBAP, 0x2B0E_0101);
        at = Wire.put16(answer, at, 0); // nothing follows
        at = Wire.put8(answer, at, IDENTIFICATION.length);
        for (int i = 0; i < IDENTIFICATION.length; i++) {
            byte[] text = IDENTIFICATION[i].getBytes(StandardCharsets.US_ASCII);
            at = Wire.put(answer, Wire.put16(answer, at, i << 8 | text.length), text);
        }
        return at;
    }
}
