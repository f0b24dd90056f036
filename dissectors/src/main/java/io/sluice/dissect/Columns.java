package io.sluice.dissect;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A protocol's message fields as a table shows them, for people who look into a capture. The names are those that
 * packet analysers use. Not for the packet path.
 */
public interface Columns {
    /** Column names, in order. */
    List<String> names();

    /**
     * One message's values in the order of {@link #names}, empty where it has no such field. Never reads outside the
     * message, however broken it is. What only what came before tells (which service a last chunk belongs to) is as
     * the session remembers it right after this message was inspected.
     *
     * @param direction {@link Dissector#TO_SERVER} or {@link Dissector#TO_CLIENT}
     */
    List<String> values(Session session, int direction, MemorySegment bytes, long at, int size);

    /** One message in one line for people: {@code Read Holding Registers, unit 1, 100..109}. */
    String summary(Session session, int direction, MemorySegment bytes, long at, int size);

    /**
     * One message's fields under the names that event logs use, where they have any, else those of {@link #names}; what
     * it does not have is left out. Never reads outside the message, however broken it is.
     *
     * @param direction {@link Dissector#TO_SERVER} or {@link Dissector#TO_CLIENT}
     */
    default void fields(Session session, int direction, MemorySegment bytes, long at, int size, FieldSink sink) {
        List<String> names = names();
        List<String> values = values(session, direction, bytes, at, size);
        for (int i = 0; i < names.size(); i++) {
            if (!values.get(i).isEmpty()) {
                sink.text(names.get(i), values.get(i));
            }
        }
    }

    /**
     * By what number an answer belongs to its request, within one flow; negative where the message tells none.
     *
     * @param direction {@link Dissector#TO_SERVER} or {@link Dissector#TO_CLIENT}
     */
    default long exchange(Session session, int direction, MemorySegment bytes, long at, int size) {
        return -1;
    }

    /**
     * Who the sender of a message says that it is, in one line that is the same each time; empty for most messages, and for
     * those that {@link Protocol#introduces} does not name.
     *
     * @param direction {@link Dissector#TO_SERVER} or {@link Dissector#TO_CLIENT}
     */
    default String introduction(int direction, MemorySegment bytes, long at, int size) {
        return "";
    }

    /**
     * Whether a message's bytes may hold what nobody should read later, such as a password; true also where that cannot be
     * told. Never reads outside the message, however broken it is.
     *
     * @param direction {@link Dissector#TO_SERVER} or {@link Dissector#TO_CLIENT}
     */
    default boolean secret(Session session, int direction, MemorySegment bytes, long at, int size) {
        return false;
    }

    /** Whether an answer says that what its request asked for was not done. */
    default boolean refusal(Session session, MemorySegment bytes, long at, int size) {
        return false;
    }
}
