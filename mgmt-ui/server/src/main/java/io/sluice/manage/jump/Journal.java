package io.sluice.manage.jump;

import io.sluice.manage.Diary;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What happens to sessions, for the firewall's journal: one note for each step, with the session's id and the person's name. */
final class Journal {
    private final Diary diary;

    Journal(Diary diary) {
        this.diary = diary;
    }

    /**
     * One step.
     *
     * @param type without {@code session-}
     * @param who did it; the person of the session where it came by itself
     * @param fields names and values in turn; empty values are left out
     */
    void note(String type, String who, Jump jump, String... fields) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("session", jump.id());
        all.put("rule", jump.request().rule());
        if (!who.equals(jump.person())) {
            all.put("for", jump.person());
        }
        for (int i = 0; i + 1 < fields.length; i += 2) {
            if (!fields[i + 1].isEmpty()) {
                all.put(fields[i], fields[i + 1]);
            }
        }
        diary.note("session-" + type, who, all);
    }

    /** Somebody who got into no session. */
    void refused(String login, String address, String code) {
        diary.note("session-login-failed", "?", Map.of("session", login, "address", address, "code", code));
    }

    static String targets(Offer offer) {
        return offer.targets().stream().map(Target::asset).collect(Collectors.joining(", "));
    }
}
