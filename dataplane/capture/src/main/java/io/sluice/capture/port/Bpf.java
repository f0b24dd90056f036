package io.sluice.capture.port;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Programs for the kernel and where they hang: bpf(2), linux/bpf.h. Everything is a descriptor, and goes with the last one
 * that refers to it; a link goes with the process.
 */
final class Bpf {
    static final int SCHED_CLS = 3;
    static final int XDP = 6;
    static final int ATTACH_XDP = 37;
    static final int ATTACH_TCX_INGRESS = 46;

    private static final int MAP_CREATE = 0;
    private static final int MAP_UPDATE = 2;
    private static final int PROG_LOAD = 5;
    private static final int LINK_CREATE = 28;
    private static final int MAP_TYPE_XSKMAP = 17;

    /** union bpf_attr; for each command the fields that are used here. */
    private static final int ATTRIBUTE_BYTES = 128;
    private static final int MAP_KEY_BYTES = 4;
    private static final int MAP_VALUE_BYTES = 8;
    private static final int MAP_ENTRIES = 12;
    private static final int ELEMENT_KEY = 8;
    private static final int ELEMENT_VALUE = 16;
    private static final int PROGRAM_COUNT = 4;
    private static final int PROGRAM_INSTRUCTIONS = 8;
    private static final int PROGRAM_LICENSE = 16;
    private static final int PROGRAM_ATTACH_TYPE = 68;
    private static final int LINK_TARGET = 4;
    private static final int LINK_ATTACH_TYPE = 8;
    private static final int LINK_FLAGS = 12;

    private Bpf() {}

    /**
     * One instruction: struct bpf_insn.
     *
     * @param operation operation code
     * @param registers source in the upper half byte, target in the lower
     */
    static long instruction(int operation, int registers, int offset, int value) {
        return (operation & 0xFFL) | (registers & 0xFFL) << 8 | (offset & 0xFFFFL) << 16 | (long) value << 32;
    }

    /** Descriptor of a program. */
    static int load(int type, int attachType, long... instructions) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = attributes(arena);
            attributes.set(JAVA_INT, 0, type);
            attributes.set(JAVA_INT, PROGRAM_COUNT, instructions.length);
            attributes.set(JAVA_LONG, PROGRAM_INSTRUCTIONS, arena.allocateFrom(JAVA_LONG, instructions).address());
            attributes.set(JAVA_LONG, PROGRAM_LICENSE, arena.allocateFrom("Apache-2.0").address());
            attributes.set(JAVA_INT, PROGRAM_ATTACH_TYPE, attachType);
            return NativeException.check("BPF_PROG_LOAD", Libc.bpf(PROG_LOAD, attributes));
        }
    }

    /** Descriptor of what keeps a program attached to an interface. */
    static int link(int program, int index, int attachType, int flags) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = attributes(arena);
            attributes.set(JAVA_INT, 0, program);
            attributes.set(JAVA_INT, LINK_TARGET, index);
            attributes.set(JAVA_INT, LINK_ATTACH_TYPE, attachType);
            attributes.set(JAVA_INT, LINK_FLAGS, flags);
            return NativeException.check("BPF_LINK_CREATE", Libc.bpf(LINK_CREATE, attributes));
        }
    }

    /** Descriptor of a map from the number of a receive queue to a socket, with one entry for queue 0. */
    static int socketMap(int socket) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = attributes(arena);
            attributes.set(JAVA_INT, 0, MAP_TYPE_XSKMAP);
            attributes.set(JAVA_INT, MAP_KEY_BYTES, Integer.BYTES);
            attributes.set(JAVA_INT, MAP_VALUE_BYTES, Integer.BYTES);
            attributes.set(JAVA_INT, MAP_ENTRIES, 1);
            int map = NativeException.check("BPF_MAP_CREATE", Libc.bpf(MAP_CREATE, attributes));
            MemorySegment element = attributes(arena);
            element.set(JAVA_INT, 0, map);
            element.set(JAVA_LONG, ELEMENT_KEY, arena.allocateFrom(JAVA_INT, 0).address());
            element.set(JAVA_LONG, ELEMENT_VALUE, arena.allocateFrom(JAVA_INT, socket).address());
            int result = Libc.bpf(MAP_UPDATE, element);
            if (result < 0) {
                Libc.close(map);
            }
            NativeException.check("BPF_MAP_UPDATE_ELEM", result);
            return map;
        }
    }

    private static MemorySegment attributes(Arena arena) {
        return arena.allocate(ATTRIBUTE_BYTES, Long.BYTES);
    }
}
