package io.sluice.dissect.opcua;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/** Strict UTF-8, RFC 3629 §4: no overlong forms, no surrogates, nothing above U+10FFFF, and no NUL. */
final class OpcUaUtf8 {
    private OpcUaUtf8() {}

    static boolean valid(MemorySegment bytes, long from, long to) {
        long at = from;
        while (at < to) {
            int first = bytes.get(JAVA_BYTE, at);
            if (first > 0) {
                at++;
                continue;
            }
            int more = continuations(first & 0xFF);
            if (more == 0 || to - at <= more || !secondFits(first & 0xFF, bytes.get(JAVA_BYTE, at + 1) & 0xFF)) {
                return false;
            }
            for (int i = 2; i <= more; i++) {
                if ((bytes.get(JAVA_BYTE, at + i) & 0xC0) != 0x80) {
                    return false;
                }
            }
            at += more + 1;
        }
        return true;
    }

    /** How many bytes follow a first byte above 127; 0 where none may stand (NUL included). */
    private static int continuations(int first) {
        if (first >= 0xC2 && first <= 0xDF) {
            return 1;
        }
        if (first >= 0xE0 && first <= 0xEF) {
            return 2;
        }
        return first >= 0xF0 && first <= 0xF4 ? 3 : 0;
    }

    private static boolean secondFits(int first, int second) {
        return switch (first) {
            case 0xE0 -> second >= 0xA0 && second <= 0xBF;
            case 0xED -> second >= 0x80 && second <= 0x9F;
            case 0xF0 -> second >= 0x90 && second <= 0xBF;
            case 0xF4 -> second >= 0x80 && second <= 0x8F;
            default -> second >= 0x80 && second <= 0xBF;
        };
    }
}
