package dev.wharfinger.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds commands such as {@code /deploy} in text, and never the parts of paths or addresses. */
final class Mentions {
    private Mentions() {}

    /** A command in a text and where it stands. */
    record Mention(String command, int start, int end) {}

    static List<Mention> in(String text) {
        var found = new ArrayList<Mention>();
        for (int at = text.indexOf('/'); at >= 0; at = text.indexOf('/', at + 1)) {
            int end = at + 1;
            while (end < text.length() && isNamePart(text.charAt(end))) {
                end++;
            }
            if (opens(text, at) && closes(text, end) && end > at + 1 && isLetter(text, at + 1)) {
                found.add(new Mention(text.substring(at, end), at, end));
            }
        }
        return found;
    }

    /** The command of a text that names exactly one and consists of little else. */
    static Optional<String> only(String text) {
        var found = in(text);
        return found.size() == 1 ? Optional.of(found.getFirst().command()) : Optional.empty();
    }

    private static boolean isNamePart(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-';
    }

    private static boolean isLetter(String text, int at) {
        return text.charAt(at) >= 'a' && text.charAt(at) <= 'z';
    }

    private static boolean opens(String text, int at) {
        if (at == 0) {
            return true;
        }
        char before = text.charAt(at - 1);
        return !Character.isLetterOrDigit(before) && "/.:-_~".indexOf(before) < 0
                || before == '-' && at > 1 && text.charAt(at - 2) == ' ';
    }

    private static boolean closes(String text, int end) {
        if (end == text.length()) {
            return true;
        }
        char after = text.charAt(end);
        if (after == '.') {
            return end + 1 == text.length() || Character.isWhitespace(text.charAt(end + 1));
        }
        return !Character.isLetterOrDigit(after) && "/_~".indexOf(after) < 0;
    }
}
