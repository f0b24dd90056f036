package io.sluice.capture.port;

/** A call of the kernel that failed while a port was set up; becomes part of a sentence for the user. */
final class NativeException extends Exception {
    private static final long serialVersionUID = 1L;

    static final int EPERM = 1;
    static final int ENOMEM = 12;
    static final int EACCES = 13;
    static final int EBUSY = 16;
    static final int EINVAL = 22;
    static final int ENOPROTOOPT = 92;
    static final int EOPNOTSUPP = 95;

    private final int errno;

    /**
     * @param what what was tried, as the kernel's documentation names it
     * @param result what the call returned: a negated errno
     */
    NativeException(String what, long result) {
        super(what + ": " + Libc.words((int) result));
        errno = (int) -result;
    }

    /** Something else that is in the way of a means. */
    NativeException(String what) {
        super(what);
        errno = 0;
    }

    int errno() {
        return errno;
    }

    /** For want of rights. */
    boolean isRefused() {
        return errno == EPERM || errno == EACCES;
    }

    /** The result, unless it is a negated errno. */
    static int check(String what, int result) throws NativeException {
        if (result < 0) {
            throw new NativeException(what, result);
        }
        return result;
    }

    static long check(String what, long result) throws NativeException {
        if (result < 0) {
            throw new NativeException(what, result);
        }
        return result;
    }
}
