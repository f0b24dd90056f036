package io.sluice.capture.port;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Who started this process and wants to know how it is: a service manager such as systemd, which listens at a datagram socket
 * that it names in the environment; sd_notify(3). It is told in datagrams, lost ones are no failure, and nothing here waits.
 */
public final class ServiceManager {
    private static final int AF_UNIX = 1;
    /** struct sockaddr_un of linux/un.h. */
    private static final int PATH = 2;
    private static final int LONGEST = 108;

    private final byte[] address;
    private final Optional<Duration> watchdog;

    private ServiceManager(byte[] address, Optional<Duration> watchdog) {
        this.address = address;
        this.watchdog = watchdog;
    }

    /**
     * The one that this process's environment names; empty where there is none, or none that can be used.
     *
     * @param environment {@code NOTIFY_SOCKET}: a path, or {@code @} and an abstract name; {@code WATCHDOG_USEC} and, where that
     *        is meant for one process alone, {@code WATCHDOG_PID}
     * @param process number of this process
     */
    public static Optional<ServiceManager> of(Map<String, String> environment, long process) {
        byte[] name = environment.getOrDefault("NOTIFY_SOCKET", "").getBytes(StandardCharsets.UTF_8);
        if (name.length < 2 || name.length >= LONGEST || (name[0] != '/' && name[0] != '@')) {
            return Optional.empty();
        }
        if (name[0] == '@') {
            name[0] = 0;
        }
        return Optional.of(new ServiceManager(name, watchdog(environment, process)));
    }

    private static Optional<Duration> watchdog(Map<String, String> environment, long process) {
        String other = environment.getOrDefault("WATCHDOG_PID", "");
        if (!other.isEmpty() && !other.equals(Long.toString(process))) {
            return Optional.empty();
        }
        try {
            long micros = Long.parseLong(environment.getOrDefault("WATCHDOG_USEC", "0"));
            return micros <= 0 ? Optional.empty() : Optional.of(Duration.ofMillis(Math.max(1, micros / 1000)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** After how long without {@link #alive} this process is ended; empty: never. */
    public Optional<Duration> watchdog() {
        return watchdog;
    }

    /** Tells that the start is over. False: nobody listens. */
    public boolean ready() {
        return tell("READY=1");
    }

    /** Tells that the work goes on. False: nobody listens. */
    public boolean alive() {
        return tell("WATCHDOG=1");
    }

    /** Tells that the end has begun. False: nobody listens. */
    public boolean stopping() {
        return tell("STOPPING=1");
    }

    private boolean tell(String what) {
        int socket = Libc.socket(AF_UNIX, Libc.SOCK_DGRAM | Libc.SOCK_CLOEXEC, 0);
        if (socket < 0) {
            return false;
        }
        try (Arena arena = Arena.ofConfined()) {
            // An abstract name is as long as the address says; a path ends with a zero, which may be left out.
            MemorySegment to = arena.allocate(PATH + address.length, 2);
            to.set(JAVA_SHORT, 0, (short) AF_UNIX);
            MemorySegment.copy(address, 0, to, JAVA_BYTE, PATH, address.length);
            byte[] text = what.getBytes(StandardCharsets.UTF_8);
            MemorySegment bytes = arena.allocate(text.length);
            MemorySegment.copy(text, 0, bytes, JAVA_BYTE, 0, text.length);
            long sent = Libc.sendto(socket, bytes.address(), text.length, Libc.MSG_DONTWAIT, to.address(),
                    (int) to.byteSize());
            return sent == text.length;
        } finally {
            Libc.close(socket);
        }
    }
}
