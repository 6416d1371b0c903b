package dev.wharfinger.ledger;

import dev.wharfinger.persona.StatusWord;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads and rewrites the text of a status cell. A claim has to be plain to count: the word comes
 * first, no other status word follows, nothing strikes it out or asks whether it is so. The emoji
 * alone will do; a broken one beside a good word does no harm.
 */
final class StatusCell {
    private static final int EMOJI_SELECTOR = 0xFE0F;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private StatusCell() {}

    static Optional<StatusWord> read(String text) {
        if (text.contains("~~") || withoutBrokenStart(text).contains("?")) {
            return Optional.empty();
        }
        var words = words(text);
        var found =
                words.stream().flatMap(word -> StatusWord.of(word).stream()).distinct().toList();
        var shown = shown(text);
        if (found.isEmpty()) {
            return words.isEmpty() && shown.size() == 1
                    ? Optional.of(shown.getFirst())
                    : Optional.empty();
        }
        boolean plain =
                found.size() == 1
                        && StatusWord.of(words.getFirst()).isPresent()
                        && (shown.isEmpty() || shown.equals(found));
        return plain ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /** Whether a text is symbols and their marks alone, short enough for one emoji. */
    static boolean isEmoji(String text) {
        return !text.isEmpty()
                && text.length() <= 16
                && text.codePoints()
                        .allMatch(c ->
                                Character.getType(c) == Character.OTHER_SYMBOL
                                        || c == EMOJI_SELECTOR
                                        || c == ZERO_WIDTH_JOINER
                                        || c >= 0x1F3FB && c <= 0x1F3FF);
    }

    /** The raw cell with another status in the marks and the padding of the old one. */
    static String rewritten(String raw, String status) {
        var bare = raw.strip();
        int at = bare.isEmpty() ? Math.min(1, raw.length()) : raw.indexOf(bare);
        var lead = bare.isEmpty() ? " " : raw.substring(0, at);
        var trail = raw.substring(at + bare.length());
        var marks = marks(bare);
        var filled = lead + marks + status + marks;
        if (trail.length() < 2 && !bare.isEmpty()) {
            return filled + trail;
        }
        // Keeps the right edge where the cell was padded to the width of its column.
        int width = TextWidth.of(raw) - TextWidth.of(filled);
        return filled + " ".repeat(Math.max(1, width));
    }

    private static String marks(String bare) {
        for (var mark : List.of("**", "`", "*", "_")) {
            if (bare.length() > 2 * mark.length()
                    && bare.startsWith(mark)
                    && bare.endsWith(mark)
                    && bare.indexOf(mark, mark.length()) == bare.length() - mark.length()) {
                return mark;
            }
        }
        return "";
    }

    /** Words of plain letters; the remains of broken emoji are none. */
    private static List<String> words(String text) {
        return Arrays.stream(text.split("[^A-Za-z0-9']+"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.toUpperCase(Locale.ROOT))
                .toList();
    }

    private static List<StatusWord> shown(String text) {
        var bare = withoutSelectors(text);
        return Arrays.stream(StatusWord.values())
                .filter(word -> bare.contains(withoutSelectors(word.emoji())))
                .toList();
    }

    private static String withoutSelectors(String text) {
        return text.codePoints()
                .filter(c -> c != EMOJI_SELECTOR)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** {@code ? DONE} and {@code ?? IDLE} begin with an emoji that a wrong encoding has eaten. */
    private static String withoutBrokenStart(String text) {
        int at = 0;
        while (at < text.length() && (text.charAt(at) == '?' || text.charAt(at) == ' ')) {
            at++;
        }
        return text.substring(at);
    }
}
