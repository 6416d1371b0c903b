package dev.wharfinger.ledger;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import java.util.Set;

/** The words of a text that carry its meaning, in a form in which plural and singular are equal. */
final class ScopeWords {
    private static final Set<String> SMALL =
            Set.of(
                    "a", "an", "and", "any", "are", "as", "at", "be", "by", "do", "for", "from",
                    "in", "into", "is", "it", "its", "new", "no", "not", "of", "on", "or", "our",
                    "out", "please", "scope", "that", "the", "their", "them", "this", "to", "up",
                    "via", "we", "will", "with", "within", "all", "other", "support", "und", "der",
                    "die", "das", "ein", "eine", "für", "mit", "von");

    private ScopeWords() {}

    static SequencedSet<String> of(String text) {
        var words = new LinkedHashSet<String>();
        for (var word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
            if (!word.isEmpty() && !SMALL.contains(word)) {
                words.add(stem(word));
            }
        }
        return words;
    }

    /**
     * An item without what explains it: up to a colon, a dash between blanks, a bracket, a stop.
     */
    static String head(String item) {
        int end = item.length();
        for (var mark : List.of(": ", " — ", " – ", " - ", " (", ". ", "; ")) {
            int at = item.indexOf(mark);
            if (at > 0) {
                end = Math.min(end, at);
            }
        }
        return item.substring(0, end).strip();
    }

    /** Letters and digits alone, so that marks and case do not tell two names of an item apart. */
    static String name(String text) {
        var words = new ArrayList<String>();
        for (var word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return String.join(" ", words);
    }

    private static String stem(String word) {
        if (word.length() > 4 && word.endsWith("ies")) {
            return word.substring(0, word.length() - 3) + "y";
        }
        if (word.length() > 3
                && word.endsWith("s")
                && !word.endsWith("ss")
                && !word.endsWith("us")) {
            return word.substring(0, word.length() - 1);
        }
        return word;
    }
}
