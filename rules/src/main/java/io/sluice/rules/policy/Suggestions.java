package io.sluice.rules.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds the word that somebody probably meant. */
final class Suggestions {
    private static final int LONGEST = 64;
    private static final int FARTHEST = 3;
    private static final int FEW = 12;
    /** Names that are compared: finding a slip in a huge or hostile file must not take long. */
    private static final int MOST = 400;

    private Suggestions() {}

    /** The end of a sentence: {@code "; did you mean `address`?"}, or the known words when they are few, or nothing. */
    static String hint(String word, Iterable<String> known) {
        String best = "";
        int bestDistance = Integer.MAX_VALUE;
        List<String> all = new ArrayList<>();
        for (String candidate : known) {
            if (all.size() == MOST) {
                break;
            }
            int distance = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                bestDistance = distance;
                best = candidate;
            }
            all.add(candidate);
        }
        if (bestDistance <= tolerated(best)) {
            return "; did you mean `" + best + "`?";
        }
        return all.isEmpty() || all.size() > FEW ? "" : "; known are `" + String.join("`, `", all) + "`";
    }

    private static int tolerated(String word) {
        return word.length() <= 3 ? 1 : word.length() <= 7 ? 2 : FARTHEST;
    }

    /** Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other; or very many. */
    static int distance(String a, String b) {
        if (a.length() > LONGEST || b.length() > LONGEST || Math.abs(a.length() - b.length()) > FARTHEST) {
            return Integer.MAX_VALUE;
        }
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : step(d, a, b, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int step(int[][] d, String a, String b, int i, int j) {
        int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
    }
}
