package io.sluice.capture.port;

/** The program that an interface runs for each frame it receives: give it to our socket. It goes with the process. */
final class XdpProgram {
    /** linux/bpf_common.h, linux/bpf.h */
    private static final int LOAD_WORD = 0x61;
    private static final int LOAD_DOUBLE_WORD = 0x18;
    private static final int MOVE = 0xb7;
    private static final int CALL = 0x85;
    private static final int EXIT = 0x95;
    private static final int PSEUDO_MAP_FD = 1;
    private static final int REDIRECT_MAP = 51;
    /** Frames of a queue that is not ours: refused rather than passed to the host. */
    private static final int XDP_DROP = 1;
    /** In struct xdp_md, which register 1 points at. */
    private static final int RECEIVE_QUEUE = 16;
    /** linux/if_link.h: run by the driver, or by the kernel for drivers that cannot. */
    private static final int BY_DRIVER = 4;
    private static final int BY_KERNEL = 2;

    private final int map;
    private final int link;

    private XdpProgram(int map, int link) {
        this.map = map;
        this.link = link;
    }

    static XdpProgram attach(int index, int socket) throws NativeException {
        int map = Bpf.socketMap(socket);
        try {
            int program = load(map);
            try {
                return new XdpProgram(map, link(program, index));
            } finally {
                Libc.close(program);
            }
        } catch (NativeException e) {
            Libc.close(map);
            throw e;
        }
    }

    private static int load(int map) throws NativeException {
        return Bpf.load(Bpf.XDP, Bpf.ATTACH_XDP, Bpf.instruction(LOAD_WORD, 0x12, RECEIVE_QUEUE, 0), // r2 = queue
                Bpf.instruction(LOAD_DOUBLE_WORD, PSEUDO_MAP_FD << 4 | 1, 0, map), 0L, // r1 = map, in two places
                Bpf.instruction(MOVE, 3, 0, XDP_DROP), // r3 = what to do where the map has no socket
                Bpf.instruction(CALL, 0, 0, REDIRECT_MAP), Bpf.instruction(EXIT, 0, 0, 0));
    }

    private static int link(int program, int index) throws NativeException {
        try {
            return Bpf.link(program, index, Bpf.ATTACH_XDP, BY_DRIVER);
        } catch (NativeException e) {
            return Bpf.link(program, index, Bpf.ATTACH_XDP, BY_KERNEL);
        }
    }

    void close() {
        Libc.close(link);
        Libc.close(map);
    }
}
