package io.sluice.manage;

import java.util.Map;

/** Takes what people did at this server, for the firewall's journal. Any thread; returns at once. */
@FunctionalInterface
public interface Diary {
    /**
     * Takes one event.
     *
     * @param type one word of small letters, digits and {@code -}, such as {@code login-failed}
     * @param person who did it; may be empty
     * @param fields further words, such as {@code address}
     */
    void note(String type, String person, Map<String, String> fields);
}
