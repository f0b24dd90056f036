package io.sluice.manage.event;

import java.util.List;

/**
 * What a message does.
 *
 * @param operation in the words of a policy: {@code read}, {@code write}, {@code function}, {@code call} …, of the first
 *     part, in small letters; of management its type, such as {@code policy.apply}; empty for answers and what nobody could read
 * @param function the number on the wire: Modbus function code, OPC UA service id; -1 where there is none
 * @param functionName what the standard calls it
 * @param text all of it on one line, in the words of a policy
 * @param parts what it asks for, one by one; at least one where {@link #operation} is a protocol's
 */
public record Deed(String operation, int function, String functionName, String text, List<Part> parts) {
    public static final Deed NONE = new Deed("", -1, "", "", List.of());

    /**
     * One thing that is asked for. Numbers that it does not have are -1, texts empty.
     *
     * @param operation as of the deed
     * @param unit Modbus unit id
     * @param space {@code coil}, {@code discrete}, {@code input}, {@code holding}, {@code fifo}, {@code file}
     * @param low the first address, or record of a file
     * @param high the last address
     * @param node OPC UA node id; of a call the method
     * @param values what is written, as far as the record tells
     */
    public record Part(String operation, int unit, String space, int low, int high, String node, List<String> values) {}
}
