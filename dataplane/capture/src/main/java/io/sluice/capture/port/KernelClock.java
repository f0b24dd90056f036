package io.sluice.capture.port;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** What the kernel thinks of its own time of day: adjtimex(2). */
public final class KernelClock {
    /** struct timex of linux/timex.h; all of it zero asks and changes nothing. */
    private static final int TIMEX_BYTES = 208;
    /** Returned while no time service disciplines the clock, or its error has grown too large. */
    private static final int TIME_ERROR = 5;

    @SuppressWarnings("restricted") // the shape of adjtimex is as claimed here
    private static final MethodHandle ADJTIMEX = Linker.nativeLinker().downcallHandle(
            Linker.nativeLinker().defaultLookup().find("adjtimex").orElseThrow(),
            FunctionDescriptor.of(JAVA_INT, ADDRESS));

    private KernelClock() {}

    /** Whether a time service (NTP, PTP) keeps the clock right. */
    public static boolean synchronised() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment timex = arena.allocate(TIMEX_BYTES, 8);
            int state = (int) ADJTIMEX.invokeExact(timex);
            return state >= 0 && state != TIME_ERROR;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
