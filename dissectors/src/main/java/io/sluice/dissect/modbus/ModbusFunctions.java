package io.sluice.dissect.modbus;

import java.util.Map;
import java.util.Optional;

/**
 * The names of function codes, sub-functions and exceptions: MODBUS Application Protocol V1.1b3 §5 to §7, older
 * controllers' codes as analysers list them, and the UMAS functions that are publicly known.
 */
public final class ModbusFunctions {
    /** Records of one file are numbered from 0 to one less than this (V1.1b3 §6.14). */
    static final int RECORDS = 10_000;
    /** The MEI type of Read Device Identification (V1.1b3 §6.21). */
    static final int DEVICE_IDENTIFICATION = 14;

    /** Sub-functions 0 to 4, 10 to 18 and 20; 19 and 21 are reserved since V1.1b. */
    private static final int DIAGNOSTICS = 0b1_0111_1111_1100_0001_1111;
    /** Exception codes 1 to 6, 8, 10 and 11, and 7 of older devices. */
    private static final int EXCEPTIONS = 0b1101_1111_1110;

    private static final Map<Integer, String> CODES = Map.ofEntries(Map.entry(1, "Read Coils"),
            Map.entry(2, "Read Discrete Inputs"), Map.entry(3, "Read Holding Registers"),
            Map.entry(4, "Read Input Registers"), Map.entry(5, "Write Single Coil"),
            Map.entry(6, "Write Single Register"), Map.entry(7, "Read Exception Status"), Map.entry(8, "Diagnostics"),
            Map.entry(9, "Program 484"), Map.entry(10, "Poll 484"), Map.entry(11, "Get Comm Event Counter"),
            Map.entry(12, "Get Comm Event Log"), Map.entry(13, "Program 584/984"), Map.entry(14, "Poll 584/984"),
            Map.entry(15, "Write Multiple Coils"), Map.entry(16, "Write Multiple Registers"),
            Map.entry(17, "Report Server ID"), Map.entry(18, "Program 884/Micro84"),
            Map.entry(19, "Reset Comm Link 884/Micro84"), Map.entry(20, "Read File Record"),
            Map.entry(21, "Write File Record"), Map.entry(22, "Mask Write Register"),
            Map.entry(23, "Read/Write Multiple Registers"), Map.entry(24, "Read FIFO Queue"),
            Map.entry(40, "Program (Concept)"), Map.entry(41, "Reserved 41"), Map.entry(42, "Reserved 42"),
            Map.entry(43, "Encapsulated Interface Transport"), Map.entry(90, "UMAS"), Map.entry(91, "Object Messaging"),
            Map.entry(125, "Firmware Replacement"), Map.entry(126, "Program 584/984 (reserved)"),
            Map.entry(127, "Report Local Address"));

    private static final Map<Integer, String> DIAGNOSTIC_NAMES = Map.ofEntries(Map.entry(0, "Return Query Data"),
            Map.entry(1, "Restart Communications Option"), Map.entry(2, "Return Diagnostic Register"),
            Map.entry(3, "Change ASCII Input Delimiter"), Map.entry(4, "Force Listen Only Mode"),
            Map.entry(10, "Clear Counters and Diagnostic Register"), Map.entry(11, "Return Bus Message Count"),
            Map.entry(12, "Return Bus Communication Error Count"), Map.entry(13, "Return Bus Exception Error Count"),
            Map.entry(14, "Return Server Message Count"), Map.entry(15, "Return Server No Response Count"),
            Map.entry(16, "Return Server NAK Count"), Map.entry(17, "Return Server Busy Count"),
            Map.entry(18, "Return Bus Character Overrun Count"), Map.entry(19, "Return IOP Overrun Count (reserved)"),
            Map.entry(20, "Clear Overrun Counter and Flag"), Map.entry(21, "Modbus Plus Statistics (reserved)"));

    private static final Map<Integer, String> UMAS = Map.ofEntries(Map.entry(0x01, "Init Communication"),
            Map.entry(0x02, "Read Id"), Map.entry(0x03, "Read Project Info"), Map.entry(0x04, "Read PLC Info"),
            Map.entry(0x06, "Read Card Info"), Map.entry(0x0A, "Repeat"), Map.entry(0x10, "Take PLC Reservation"),
            Map.entry(0x11, "Release PLC Reservation"), Map.entry(0x12, "Keep Alive"),
            Map.entry(0x20, "Read Memory Block"), Map.entry(0x22, "Read Variables"),
            Map.entry(0x23, "Write Variables"), Map.entry(0x24, "Read Coils and Registers"),
            Map.entry(0x25, "Write Coils and Registers"), Map.entry(0x26, "Read Data Dictionary"),
            Map.entry(0x30, "Initialize Upload"), Map.entry(0x31, "Upload Block"), Map.entry(0x32, "End Upload"),
            Map.entry(0x33, "Initialize Download"), Map.entry(0x34, "Download Block"), Map.entry(0x35, "End Download"),
            Map.entry(0x39, "Read Ethernet Master Data"), Map.entry(0x40, "Start PLC"), Map.entry(0x41, "Stop PLC"),
            Map.entry(0x50, "Monitor PLC"), Map.entry(0x58, "Check PLC"), Map.entry(0x70, "Read I/O Object"),
            Map.entry(0x71, "Write I/O Object"), Map.entry(0x73, "Get Module Status"));

    private static final Map<Integer, String> EXCEPTION_NAMES = Map.of(1, "Illegal Function", 2,
            "Illegal Data Address", 3, "Illegal Data Value", 4, "Server Device Failure", 5, "Acknowledge", 6,
            "Server Device Busy", 7, "Negative Acknowledge", 8, "Memory Parity Error", 10, "Gateway Path Unavailable",
            11, "Gateway Target Device Failed To Respond");

    private ModbusFunctions() {}

    /** The name of a function code, without its sub-function; "Function 99" for one that has none. */
    public static String name(int code) {
        if ((code >= 65 && code <= 72) || (code >= 100 && code <= 110)) {
            return "User-Defined Function " + code;
        }
        return CODES.getOrDefault(code, "Function " + code);
    }

    /** The name of a function code with its sub-function, such as "Diagnostics: Force Listen Only Mode". */
    public static String name(int code, int sub) {
        return hasSubFunction(code)
                ? name(code) + ": " + subFunction(code, sub).orElse("sub-function " + sub)
                : name(code);
    }

    /** The name of a sub-function of 8, an MEI type of 43 or a UMAS function of 90. */
    public static Optional<String> subFunction(int code, int sub) {
        return Optional.ofNullable(switch (code) {
            case 8 -> DIAGNOSTIC_NAMES.get(sub);
            case 43 -> sub == 13
                    ? "CANopen General Reference"
                    : sub == DEVICE_IDENTIFICATION ? "Read Device Identification" : null;
            case 90 -> UMAS.get(sub);
            default -> null;
        });
    }

    /** The name of an exception code; "Exception 9" for one that has none. */
    public static String exception(int code) {
        return EXCEPTION_NAMES.getOrDefault(code, "Exception " + code);
    }

    /** Whether a code tells what it does by a second number: 8, 43 and 90. */
    public static boolean hasSubFunction(int code) {
        return code == 8 || code == 43 || code == 90;
    }

    /** Whether the word {@code read} covers a code. */
    public static boolean reads(int code) {
        return switch (code) {
            case 1, 2, 3, 4, 7, 11, 12, 17, 20, 24 -> true;
            default -> false;
        };
    }

    /** Whether the word {@code write} covers a code. */
    public static boolean writes(int code) {
        return switch (code) {
            case 5, 6, 15, 16, 21, 22, 23 -> true;
            default -> false;
        };
    }

    /** Whether no standard and no known product uses a code (V1.1b3 §4.1 leaves 65 to 72 and 100 to 110 to users). */
    static boolean isUnassigned(int code) {
        return (code >= 25 && code <= 39) || (code >= 44 && code <= 64) || (code >= 73 && code <= 89)
                || (code >= 92 && code <= 99) || (code >= 111 && code <= 124);
    }

    /** Whether the standard defines a sub-function of 8, with one word of data (0: any number of words). */
    static boolean isDiagnostic(int sub) {
        return sub < 32 && ((DIAGNOSTICS >>> sub) & 1) != 0;
    }

    static boolean isException(int code) {
        return code < 32 && ((EXCEPTIONS >>> code) & 1) != 0;
    }
}
