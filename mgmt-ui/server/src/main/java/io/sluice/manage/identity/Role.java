package io.sluice.manage.identity;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a person may do. None includes another: an administrator makes accounts, and sees no traffic. */
public enum Role {
    VIEWER,
    /** Applies policies. */
    OPERATOR,
    /** Asks for jump sessions. */
    REQUESTER,
    APPROVER,
    /** Watches live sessions. */
    OBSERVER,
    AUDITOR,
    ADMINISTRATOR;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }

    /** Roles by their words; unknown words are no roles. */
    public static Set<Role> ofWords(Iterable<String> words) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        words.forEach(word -> of(word).ifPresent(roles::add));
        return roles;
    }

    /** In the order of this enum. */
    public static List<String> words(Set<Role> roles) {
        return Arrays.stream(values()).filter(roles::contains).map(Role::word).toList();
    }

    static String text(Set<Role> roles) {
        return words(roles).stream().collect(Collectors.joining(","));
    }

    static Set<Role> parse(String text) {
        return ofWords(List.of(text.split(",", -1)));
    }
}
