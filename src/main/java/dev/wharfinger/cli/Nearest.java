package dev.wharfinger.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The word that somebody most likely meant. */
final class Nearest {
    private Nearest() {}

    /** The nearest of the known words, where one is near enough to be a slip of the fingers. */
    static Optional<String> to(String word, Collection<String> known) {
        int farthest = Math.max(1, word.length() / 3 + 1);
        return known.stream()
                .min(Comparator.comparingInt(each -> distance(plain(word), plain(each))))
                .filter(each -> distance(plain(word), plain(each)) <= farthest);
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** Edits (insert, delete, replace) that lead from one word to the other (Levenshtein). */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
