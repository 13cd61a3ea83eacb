package dev.settle.plan;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds the words that somebody may have meant who has written another one. */
public final class Nearest {

    private static final int MOST = 3;
    private static final int MOST_CHANGES = 5;

    private Nearest() {}

    /** At most three words that are near, the nearest first; neither case nor dashes count. */
    public static List<String> to(String written, Collection<String> words) {
        String uniform = Settings.uniform(written);
        int most = Math.min(MOST_CHANGES, Math.max(2, uniform.length() / 3));
        return words.stream()
                // Else somebody could have us compare very long words with many.
                .filter(word -> Math.abs(word.length() - written.length()) <= 2 * most)
                .filter(word -> distance(uniform, Settings.uniform(word)) <= most)
                .sorted(Comparator.comparingInt(word -> distance(uniform, Settings.uniform(word))))
                .limit(MOST)
                .toList();
    }

    /** Which words there are, for somebody who has written another one. */
    public static String question(String written, Collection<String> words) {
        List<String> nearest = to(written, words);
        return (nearest.isEmpty() ? "use one of: " : "did you mean " + String.join(" or ", nearest) + "? There are: ")
                + String.join(", ", words);
    }

    /** How many letters are to be changed, put in or left out (Levenshtein). */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + ((one.charAt(i - 1) == other.charAt(j - 1)) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
