package io.sluice.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** Builds captures byte by byte as the drafts describe them, lies included. Independent of the writer under test. */
final class CaptureBytes {
    static final int MICROSECONDS = 0xA1B2C3D4, NANOSECONDS = 0xA1B23C4D;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private ByteOrder order;

    CaptureBytes(ByteOrder order) {
        this.order = order;
    }

    static CaptureBytes pcap(ByteOrder order, int magic, int snapLength, int linkType) {
        return new CaptureBytes(order).pcapHeader(magic, 2 << 16 | 4, snapLength, linkType);
    }

    /** A section with one Ethernet interface in microseconds. */
    static CaptureBytes pcapng(ByteOrder order) {
        return new CaptureBytes(order).section().describe(1, 0);
    }

    CaptureBytes pcapHeader(int magic, int version, int snapLength, int linkType) {
        return u32(magic).u16(version >>> 16).u16(version).u32(0).u32(0).u32(snapLength).u32(linkType);
    }

    CaptureBytes packet(int seconds, int fraction, int wire, byte... data) {
        return record(seconds, fraction, data.length, wire).bytes(data);
    }

    CaptureBytes record(int seconds, int fraction, int captured, int wire) {
        return u32(seconds).u32(fraction).u32(captured).u32(wire);
    }

    CaptureBytes order(ByteOrder other) {
        order = other;
        return this;
    }

    CaptureBytes section() {
        return section(1, 0x1A2B3C4D);
    }

    CaptureBytes section(int major, int magic) {
        CaptureBytes body = body().u32(magic).u16(major).u16(0).u32(-1).u32(-1);
        return block(0x0A0D0D0A, body);
    }

    CaptureBytes describe(int linkType, int snapLength, CaptureBytes... options) {
        CaptureBytes body = body().u16(linkType).u16(0).u32(snapLength);
        for (CaptureBytes option : options) {
            body.bytes(option.bytes());
        }
        return block(1, body);
    }

    CaptureBytes option(int code, byte... value) {
        return body().u16(code).u16(value.length).bytes(value).pad();
    }

    CaptureBytes name(String name) {
        return option(2, name.getBytes(StandardCharsets.UTF_8));
    }

    CaptureBytes resolution(int value) {
        return option(9, (byte) value);
    }

    CaptureBytes offset(long seconds) {
        return option(14, ByteBuffer.allocate(8).order(order).putLong(seconds).array());
    }

    CaptureBytes enhanced(int interfaceNumber, long ticks, int wire, byte... data) {
        return enhanced(interfaceNumber, ticks, data.length, wire, data);
    }

    CaptureBytes enhanced(int interfaceNumber, long ticks, int captured, int wire, byte[] data) {
        return block(6, body().u32(interfaceNumber).u32((int) (ticks >>> 32)).u32((int) ticks).u32(captured).u32(wire)
                .bytes(data).pad());
    }

    CaptureBytes obsolete(int interfaceNumber, long ticks, int wire, byte... data) {
        return block(2, body().u16(interfaceNumber).u16(0xFFFF).u32((int) (ticks >>> 32)).u32((int) ticks)
                .u32(data.length).u32(wire).bytes(data).pad());
    }

    CaptureBytes simple(int wire, byte... data) {
        return block(3, body().u32(wire).bytes(data).pad());
    }

    CaptureBytes block(int type, CaptureBytes body) {
        int total = 12 + body.out.size();
        return block(type, total, body.bytes(), total);
    }

    CaptureBytes block(int type, int total, byte[] body, int trailer) {
        return u32(type).u32(total).bytes(body).u32(trailer);
    }

    CaptureBytes body() {
        return new CaptureBytes(order);
    }

    CaptureBytes bytes(byte... bytes) {
        out.writeBytes(bytes);
        return this;
    }

    CaptureBytes pad() {
        while (out.size() % 4 != 0) {
            out.write(0);
        }
        return this;
    }

    CaptureBytes u16(int value) {
        return bytes(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
    }

    CaptureBytes u32(int value) {
        return bytes(ByteBuffer.allocate(4).order(order).putInt(value).array());
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    static byte[] random(RandomGenerator random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A pcap with packets of all sorts of lengths. */
    static byte[] somePcap(RandomGenerator random, ByteOrder order, int magic, int packets) {
        CaptureBytes file = pcap(order, magic, 65_535, 1);
        int second = 1_700_000_000;
        for (int i = 0; i < packets; i++) {
            byte[] data = random(random, random.nextInt(5) == 0 ? random.nextInt(1500) : random.nextInt(40));
            int fraction = random.nextInt(magic == NANOSECONDS ? 1_000_000_000 : 1_000_000);
            file.packet(second++, fraction, data.length + random.nextInt(3) * 100, data);
        }
        return file.bytes();
    }

    /** A pcapng with sections of both orders, several interfaces, and blocks of all kinds. */
    static byte[] somePcapng(RandomGenerator random, int packets) {
        CaptureBytes file = new CaptureBytes(ByteOrder.LITTLE_ENDIAN);
        int interfaces = 0;
        for (int i = 0; i < packets; i++) {
            if (i == 0 || random.nextInt(8) == 0) {
                file.order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN).section();
                interfaces = 1 + random.nextInt(3);
                for (int n = 0; n < interfaces; n++) {
                    file.describe(n == 1 ? 113 : 1, 2_000, file.name("eth" + n),
                            file.resolution(new int[]{6, 9, 3, 0x94}[random.nextInt(4)]), file.option(0));
                }
            }
            byte[] data = random(random, random.nextInt(60));
            long ticks = random.nextLong(1L << 50);
            switch (random.nextInt(8)) {
                case 0 -> file.simple(data.length + random.nextInt(2), data);
                case 1 -> file.obsolete(random.nextInt(interfaces), ticks, data.length, data);
                case 2 -> file.block(4 + 6 * random.nextInt(2), file.body().bytes(data).pad());
                default -> file.enhanced(random.nextInt(interfaces), ticks, data.length + random.nextInt(9), data);
            }
        }
        return file.bytes();
    }
}
