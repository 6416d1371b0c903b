package dev.wharfinger.ledger;

import java.util.List;

/**
 * Text that somebody hands in, made fit to stand inside a ledger file: it can neither end its cell,
 * item or line nor begin a heading, a list, a table, a fence or a comment. Control, bidirectional
 * and zero-width characters are gone, so that a reader sees what a parser sees. Emoji stay whole.
 */
final class SafeText {
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int EMOJI_SELECTOR = 0xFE0F;

    private SafeText() {}

    /** For a table's cell: pipes escaped, line ends as {@code <br>}. Never empty. */
    static String cell(String text) {
        var cell = String.join(" <br> ", lines(text)).replace("|", "\\|");
        return cell.isEmpty() ? "-" : defused(cell);
    }

    /** For an item or a heading: one line that begins no block. Never empty. */
    static String line(String text) {
        var line = String.join(" ", lines(text));
        return line.isEmpty() ? "-" : withoutStart(defused(line));
    }

    /** For text in the middle of a line that already has a beginning. */
    static String inner(String text) {
        return defused(String.join(" ", lines(text)));
    }

    /** For a paragraph: its lines, none of which begins a block or underlines the one before. */
    static List<String> paragraph(String text) {
        return lines(text).stream().map(line -> withoutStart(defused(line))).toList();
    }

    /** The lines that hold something, each cleaned and stripped. */
    static List<String> lines(String text) {
        return clean(text)
                .lines()
                .map(line -> line.strip().replaceAll(" {2,}", " "))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static String clean(String text) {
        var out = new StringBuilder();
        int before = ' ';
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            if (c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029) {
                out.append('\n');
            } else if (c == '\t' || c == '\f' || c == 0x0B || Character.isSpaceChar(c)) {
                out.append(' ');
            } else if (isVisible(c) || belongsToEmoji(c, before)) {
                out.appendCodePoint(c);
            }
            before = c;
        }
        return out.toString();
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED ->
                    false;
            default -> !isIgnorable(c);
        };
    }

    /** Default-ignorable characters that are no format characters. */
    private static boolean isIgnorable(int c) {
        return c == 0x034F
                || c == 0x115F
                || c == 0x1160
                || c == 0x17B4
                || c == 0x17B5
                || c == 0x3164
                || c == 0xFFA0
                || c >= 0x180B && c <= 0x180F
                || c >= 0xFE00 && c <= EMOJI_SELECTOR
                || c >= 0xE0100 && c <= 0xE01EF;
    }

    private static boolean belongsToEmoji(int c, int before) {
        return (c == ZERO_WIDTH_JOINER || c == EMOJI_SELECTOR)
                && (Character.getType(before) == Character.OTHER_SYMBOL
                        || Character.getType(before) == Character.MODIFIER_SYMBOL
                        || before == EMOJI_SELECTOR && c == ZERO_WIDTH_JOINER);
    }

    /** An open comment would swallow what follows, wherever the line stands. */
    private static String defused(String line) {
        return line.replace("<!--", "\\<!--");
    }

    private static String withoutStart(String line) {
        if ("#>-+*=|<:[~_`\\".indexOf(line.charAt(0)) >= 0) {
            // A backslash in front of an emphasis or code mark would break its pair.
            return isPairedStart(line) ? line : "\\" + line;
        }
        int digits = 0;
        while (digits < line.length() && Character.isDigit(line.charAt(digits))) {
            digits++;
        }
        boolean numbered =
                digits > 0
                        && digits < line.length()
                        && (line.charAt(digits) == '.' || line.charAt(digits) == ')');
        return numbered ? line.substring(0, digits) + "\\" + line.substring(digits) : line;
    }

    /** {@code **bold** …} and {@code `code` …} begin no block and may stay. */
    private static boolean isPairedStart(String line) {
        boolean code = line.startsWith("`") && !line.startsWith("``");
        boolean bold = line.startsWith("**") && !line.startsWith("***");
        return code && line.indexOf('`', 1) > 0
                || bold
                        && line.length() > 4
                        && Character.isLetter(line.charAt(2))
                        && line.indexOf("**", 2) > 0;
    }
}
