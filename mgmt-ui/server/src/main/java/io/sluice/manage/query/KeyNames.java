package io.sluice.manage.query;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What to say of a key that there is not. */
final class KeyNames {
    /** More different letters than this, and another word was meant. */
    private static final int FAR = 2;

    private KeyNames() {}

    static String unknown(String key) {
        String word = key.toLowerCase(Locale.ROOT);
        String near = "";
        int least = FAR + 1;
        for (Field field : Field.values()) {
            int distance = distance(word, field.word());
            if (field != Field.TEXT && distance < least) {
                least = distance;
                near = field.word();
            }
        }
        String known = Arrays.stream(Field.values()).map(Field::word).filter(w -> !w.isEmpty())
                .collect(Collectors.joining(", "));
        return "there is no key `" + key + "`; " + (near.isEmpty()
                ? "the keys are " + known + "; to search for the text, put it in quotes"
                : "do you mean `" + near + ":`?");
    }

    /** Letters to add, take out or change (Levenshtein). */
    private static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}
