package io.sluice.capture.port;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/**
 * The calls of the C library that ports are made with.
 *
 * <p>Those that set a port up return what the call returned or, where it failed, the negated errno. Those of the packet
 * path ({@link #sendmmsg}, {@link #sendto}, {@link #recvfrom}, {@link #poll}, {@link #read}, {@link #write}) take plain
 * addresses, capture no errno and allocate nothing; they are not {@code critical}, since they may last long enough to hold up a safepoint.
 */
final class Libc {
    static final int SOL_SOCKET = 1;
    static final int SO_ERROR = 4;
    static final int SO_SNDBUFFORCE = 32;
    static final int SOCK_RAW = 3;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_CLOEXEC = 0x80000;
    static final int MSG_DONTWAIT = 0x40;
    static final int PROT_READ_WRITE = 3;
    static final int MAP_SHARED = 1;
    static final int MAP_PRIVATE_ANONYMOUS = 0x22;
    static final int MAP_POPULATE = 0x8000;
    static final int O_RDWR = 2;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x80000;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup LOOKUP = LINKER.defaultLookup();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO = STATE.byteOffset(PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET = slow("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND = slow("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SETSOCKOPT = slow("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS,
            JAVA_INT);
    private static final MethodHandle GETSOCKOPT = slow("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS,
            ADDRESS);
    private static final MethodHandle MMAP = slow("mmap", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT,
            JAVA_LONG);
    private static final MethodHandle MUNMAP = slow("munmap", JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle CLOSE = slow("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle OPEN = variadic("open", 2, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle IOCTL = variadic("ioctl", 2, JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS);
    private static final MethodHandle SYSCALL = variadic("syscall", 1, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS,
            JAVA_LONG);
    private static final MethodHandle SEND_ALL = slow("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle RECEIVE = slow("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle SCHED_SETAFFINITY = slow("sched_setaffinity", JAVA_INT, JAVA_INT, JAVA_LONG,
            ADDRESS);
    private static final MethodHandle SCHED_SETSCHEDULER = slow("sched_setscheduler", JAVA_INT, JAVA_INT, JAVA_INT,
            ADDRESS);
    private static final MethodHandle IF_NAMETOINDEX = fast("if_nametoindex", JAVA_INT, ADDRESS);
    private static final MethodHandle IF_INDEXTONAME = fast("if_indextoname", ADDRESS, JAVA_INT, ADDRESS);
    private static final MethodHandle IF_NAMEINDEX = fast("if_nameindex", ADDRESS);
    private static final MethodHandle IF_FREENAMEINDEX = fastVoid("if_freenameindex", ADDRESS);
    private static final MethodHandle STRERROR = fast("strerror", ADDRESS, JAVA_INT);

    private static final MethodHandle SENDMMSG = fast("sendmmsg", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT);
    private static final MethodHandle SENDTO = fast("sendto", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT,
            JAVA_LONG, JAVA_INT);
    private static final MethodHandle RECVFROM = fast("recvfrom", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT,
            JAVA_LONG, JAVA_LONG);
    private static final MethodHandle POLL = fast("poll", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle READ = fast("read", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle WRITE = fast("write", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG);

    private Libc() {}

    private interface Call<T> {
        T with(MemorySegment state) throws Throwable;
    }

    static int socket(int family, int type, int protocol) {
        return orErrno(state -> (int) SOCKET.invokeExact(state, family, type, protocol));
    }

    static int bind(int descriptor, MemorySegment address) {
        return orErrno(state -> (int) BIND.invokeExact(state, descriptor, address, (int) address.byteSize()));
    }

    static int setsockopt(int descriptor, int level, int option, MemorySegment value) {
        return orErrno(state -> (int) SETSOCKOPT.invokeExact(state, descriptor, level, option, value,
                (int) value.byteSize()));
    }

    /** Fills {@code value}, as far as there is anything. */
    static int getsockopt(int descriptor, int level, int option, MemorySegment value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment length = arena.allocateFrom(JAVA_INT, (int) value.byteSize());
            return orErrno(state -> (int) GETSOCKOPT.invokeExact(state, descriptor, level, option, value, length));
        }
    }

    /** Address of the mapping, or the negated errno. */
    static long mmap(long bytes, int flags, int descriptor, long offset) {
        return orErrnoLong(
                state -> (long) MMAP.invokeExact(state, 0L, bytes, PROT_READ_WRITE, flags, descriptor, offset));
    }

    static int munmap(long address, long bytes) {
        return orErrno(state -> (int) MUNMAP.invokeExact(state, address, bytes));
    }

    static int close(int descriptor) {
        return orErrno(state -> (int) CLOSE.invokeExact(state, descriptor));
    }

    static int open(String path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(path);
            return orErrno(state -> (int) OPEN.invokeExact(state, name, flags));
        }
    }

    static int ioctl(int descriptor, long request, MemorySegment argument) {
        return orErrno(state -> (int) IOCTL.invokeExact(state, descriptor, request, argument));
    }

    static int bpf(int command, MemorySegment attributes) {
        return orErrno(state -> (int) (long) SYSCALL.invokeExact(state, (long) bpfNumber(), (long) command, attributes,
                attributes.byteSize()));
    }

    /** Number of the system call bpf(2), which the C library does not wrap. */
    private static int bpfNumber() {
        return System.getProperty("os.arch").equals("aarch64") ? 280 : 321;
    }

    static int send(int descriptor, MemorySegment bytes) {
        return orErrno(state -> (int) (long) SEND_ALL.invokeExact(state, descriptor, bytes, bytes.byteSize(), 0));
    }

    static int receive(int descriptor, MemorySegment bytes) {
        return orErrno(state -> (int) (long) RECEIVE.invokeExact(state, descriptor, bytes, bytes.byteSize(), 0));
    }

    /** Thread 0 is the calling one. */
    static int schedSetaffinity(int thread, MemorySegment mask) {
        return orErrno(state -> (int) SCHED_SETAFFINITY.invokeExact(state, thread, mask.byteSize(), mask));
    }

    /** Thread 0 is the calling one. */
    static int schedSetscheduler(int thread, int policy, MemorySegment parameter) {
        return orErrno(state -> (int) SCHED_SETSCHEDULER.invokeExact(state, thread, policy, parameter));
    }

    /** 0 where there is none of that name. */
    static int interfaceIndex(String name) {
        try (Arena arena = Arena.ofConfined()) {
            return (int) IF_NAMETOINDEX.invokeExact(arena.allocateFrom(name));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Writes the name to {@code buffer}; false where there is no such interface. */
    static boolean interfaceName(int index, MemorySegment buffer) {
        try {
            return ((MemorySegment) IF_INDEXTONAME.invokeExact(index, buffer)).address() != 0;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** An array of struct if_nameindex, or NULL; to be given to {@link #freeInterfaceNames}. */
    static MemorySegment interfaceNames() {
        try {
            return (MemorySegment) IF_NAMEINDEX.invokeExact();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    static void freeInterfaceNames(MemorySegment names) {
        try {
            IF_FREENAMEINDEX.invokeExact(names);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Errno in words. */
    static String words(int errno) {
        try {
            MemorySegment text = (MemorySegment) STRERROR.invokeExact(Math.abs(errno));
            return Memory.ALL.getString(text.address()).toLowerCase(Locale.ROOT);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** How many of the messages the kernel took; negative: not even the first. */
    static int sendmmsg(int descriptor, long messages, int count, int flags) {
        try {
            return (int) SENDMMSG.invokeExact(descriptor, messages, count, flags);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    static long sendto(int descriptor, long bytes, long length, int flags) {
        return sendto(descriptor, bytes, length, flags, 0L, 0);
    }

    /** To an address; negative: not sent. */
    static long sendto(int descriptor, long bytes, long length, int flags, long address, int addressLength) {
        try {
            return (long) SENDTO.invokeExact(descriptor, bytes, length, flags, address, addressLength);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    static long recvfrom(int descriptor, long bytes, long length, int flags) {
        try {
            return (long) RECVFROM.invokeExact(descriptor, bytes, length, flags, 0L, 0L);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    static int poll(long descriptors, int count, int milliseconds) {
        try {
            return (int) POLL.invokeExact(descriptors, (long) count, milliseconds);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    static long read(int descriptor, long bytes, long length) {
        try {
            return (long) READ.invokeExact(descriptor, bytes, length);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    static long write(int descriptor, long bytes, long length) {
        try {
            return (long) WRITE.invokeExact(descriptor, bytes, length);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static int orErrno(Call<Integer> call) {
        return (int) orErrnoLong(state -> (long) call.with(state));
    }

    private static long orErrnoLong(Call<Long> call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long result = call.with(state);
            return result == -1 ? -state.get(JAVA_INT, ERRNO) : result;
        } catch (Throwable e) {
            throw new AssertionError(e); // a handle called with other types than it has
        }
    }

    private static MethodHandle slow(String name, ValueLayout result, ValueLayout... arguments) {
        return handle(name, FunctionDescriptor.of(result, arguments), Linker.Option.captureCallState("errno"));
    }

    /** On some machines arguments from {@code first} on are passed in another way than others. */
    private static MethodHandle variadic(String name, int first, ValueLayout result, ValueLayout... arguments) {
        return handle(name, FunctionDescriptor.of(result, arguments), Linker.Option.captureCallState("errno"),
                Linker.Option.firstVariadicArg(first));
    }

    private static MethodHandle fast(String name, ValueLayout result, ValueLayout... arguments) {
        return handle(name, FunctionDescriptor.of(result, arguments));
    }

    private static MethodHandle fastVoid(String name, ValueLayout... arguments) {
        return handle(name, FunctionDescriptor.ofVoid(arguments));
    }

    @SuppressWarnings("restricted") // the one place where the shape of a native function is claimed
    private static MethodHandle handle(String name, FunctionDescriptor shape, Linker.Option... options) {
        return LINKER.downcallHandle(LOOKUP.findOrThrow(name), shape, options);
    }
}
