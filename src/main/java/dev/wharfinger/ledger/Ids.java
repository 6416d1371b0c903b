package dev.wharfinger.ledger;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The next free id in the scheme that a file's entries follow: {@code R-001}, {@code A1}, {@code
 * RAID-17}.
 */
final class Ids {
    private static final Pattern ID = Pattern.compile("([A-Za-z]{0,12}[-_#.]?)([0-9]{1,9})");

    private Ids() {}

    /** A prefix and the number of digits to which numbers are filled up. */
    record Scheme(String prefix, int width) {
        String id(int number) {
            var digits = Integer.toString(number);
            return prefix + "0".repeat(Math.max(0, width - digits.length())) + digits;
        }

        Scheme withPrefix(String other) {
            return new Scheme(other, width);
        }
    }

    /** The scheme of the last of these ids that is one. */
    static Optional<Scheme> scheme(List<String> ids) {
        for (var id : ids.reversed()) {
            var match = ID.matcher(bare(id));
            if (match.matches()) {
                return Optional.of(new Scheme(match.group(1), match.group(2).length()));
            }
        }
        return Optional.empty();
    }

    static boolean isId(String text) {
        return ID.matcher(bare(text)).matches();
    }

    /** One more than the highest number that the file has anywhere behind that prefix. */
    static String next(String wholeFile, List<String> ids, Scheme scheme) {
        int highest = 0;
        for (var id : ids) {
            var match = ID.matcher(bare(id));
            if (match.matches() && match.group(1).equalsIgnoreCase(scheme.prefix())) {
                highest = Math.max(highest, Integer.parseInt(match.group(2)));
            }
        }
        if (!scheme.prefix().isEmpty()) {
            highest = Math.max(highest, highestIn(wholeFile, scheme.prefix()));
        }
        return scheme.id(highest + 1);
    }

    private static int highestIn(String text, String prefix) {
        int highest = 0;
        for (int at = text.indexOf(prefix); at >= 0; at = text.indexOf(prefix, at + 1)) {
            int start = at + prefix.length();
            int end = start;
            while (end < text.length() && end < start + 9 && isDigit(text.charAt(end))) {
                end++;
            }
            boolean alone = at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
            if (alone && end > start && (end == text.length() || !isDigit(text.charAt(end)))) {
                highest = Math.max(highest, Integer.parseInt(text.substring(start, end)));
            }
        }
        return highest;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static String bare(String id) {
        return id.replace("`", "").replace("*", "").replace("[", "").replace("]", "").strip();
    }
}
