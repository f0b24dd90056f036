package io.sluice.engine;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Modbus requests of known verdict under {@link Desk}'s policy, each with a transaction of its own. */
final class Requests {
    /** Of which kind requests are drawn; V1.1b3 §6. */
    enum Kind {
        READ(true),
        WRITE(true),
        WRITE_ABOVE(false),
        WRITE_COIL(false),
        WRITE_MANY(false),
        RESTART(false),
        FILE_WRITE(
                false),
        VENDOR(false),
        UNKNOWN(false),
        MASK_WRITE(false),
        /** Well framed but contradicting itself. */
        WRONG_LENGTH(false),
        WRONG_COIL(false),
        WRONG_COUNT(false);

        final boolean permitted;

        Kind(boolean permitted) {
            this.permitted = permitted;
        }

        boolean malformed() {
            return ordinal() >= WRONG_LENGTH.ordinal();
        }
    }

    /** A request, and where in the stream it lies. */
    @SuppressWarnings("ArrayRecordComponent") // compared by content where needed
    record Request(Kind kind, byte[] bytes, int at) {
        int end() {
            return at + bytes.length;
        }
    }

    final List<Request> list = new ArrayList<>();
    final byte[] stream;

    Requests(List<Kind> kinds, RandomGenerator random) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Kind kind : kinds) {
            byte[] bytes = request(kind, list.size() + 1, random);
            list.add(new Request(kind, bytes, all.size()));
            all.writeBytes(bytes);
        }
        stream = all.toByteArray();
    }

    static Requests draw(int count, boolean malformed, RandomGenerator random) {
        List<Kind> kinds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Kind[] all = Kind.values();
            Kind kind = random.nextInt(3) > 0 ? Kind.READ : all[random.nextInt(all.length)];
            kinds.add(kind.malformed() && !malformed ? Kind.WRITE : kind);
        }
        return new Requests(kinds, random);
    }

    static byte[] request(Kind kind, int transaction, RandomGenerator random) {
        return switch (kind) {
            case READ -> frame(transaction, 3, 0, random.nextInt(200), 0, 1 + random.nextInt(100));
            case WRITE -> frame(transaction, 6, 0, 100 + random.nextInt(20), 0x05, random.nextInt(0xDD));
            case WRITE_ABOVE -> frame(transaction, 6, 0, 100, 0x10, random.nextInt(256));
            case WRITE_COIL -> frame(transaction, 5, 0, 1, 0xFF, 0);
            case WRITE_MANY -> frame(transaction, 16, 0, 10, 0, 2, 4, 1, 2, 3, 4);
            case RESTART -> frame(transaction, 8, 0, 1, 0, 0);
            case FILE_WRITE -> frame(transaction, 21, 9, 6, 0, 1, 0, 0, 0, 1, 7, 7);
            case VENDOR -> frame(transaction, 90, 0, 0x40, 1, 2, 3, random.nextInt(256));
            case UNKNOWN -> frame(transaction, 65, 1, 2, 3);
            case MASK_WRITE -> frame(transaction, 22, 0, 4, 0, 1, 0, 2);
            case WRONG_LENGTH -> frame(transaction, 6, 0, 100, 0, 1, 0);
            case WRONG_COIL -> frame(transaction, 5, 0, 1, 0x12, 0x34);
            case WRONG_COUNT -> frame(transaction, 16, 0, 100, 0, 2, 5, 0, 1, 0, 2);
        };
    }

    /** MBAP header, function and data: unit 1. */
    static byte[] frame(int transaction, int... pdu) {
        byte[] bytes = new byte[7 + pdu.length];
        bytes[0] = (byte) (transaction >> 8);
        bytes[1] = (byte) transaction;
        bytes[5] = (byte) (1 + pdu.length);
        bytes[6] = 1;
        for (int i = 0; i < pdu.length; i++) {
            bytes[7 + i] = (byte) pdu[i];
        }
        return bytes;
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    byte[] bytes(int from, int to) {
        return java.util.Arrays.copyOfRange(stream, from, to);
    }
}
