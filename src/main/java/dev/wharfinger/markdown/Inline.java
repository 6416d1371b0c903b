package dev.wharfinger.markdown;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The text of a line of Markdown without its marks, in one pass and linear time: a file of two
 * megabytes is parsed while a caller waits, and the full inline grammar needs seconds for hostile
 * ones. Close to CommonMark, not equal: emphasis that crosses other emphasis is resolved per mark.
 */
final class Inline {
    private static final String ESCAPABLE = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    private final String raw;
    private final boolean plain;
    private final StringBuilder out = new StringBuilder();
    private final BitSet dropped = new BitSet();
    private final Deque<int[]> stars = new ArrayDeque<>();
    private final Deque<int[]> bars = new ArrayDeque<>();
    private final Deque<Integer> brackets = new ArrayDeque<>();
    private final Map<Integer, Integer> lastRun = new HashMap<>();
    private final int lastClose;
    private int at;

    private Inline(String raw, boolean plain) {
        this.raw = raw;
        this.plain = plain;
        this.lastClose = raw.lastIndexOf(')');
    }

    /** Emphasis and escapes resolved; code marks and links as written. */
    static String text(String raw) {
        return new Inline(raw, false).resolve();
    }

    /** The same without code marks, and with a link's label in place of the link. */
    static String plain(String raw) {
        return new Inline(raw, true).resolve();
    }

    /**
     * Lower case, from the first letter or digit on, blanks folded: what titles are compared by.
     */
    static String words(String title) {
        var words = new StringBuilder();
        boolean blank = false;
        for (int i = 0; i < title.length(); i += Character.charCount(title.codePointAt(i))) {
            int c = title.codePointAt(i);
            if (isSpace(c)) {
                blank = !words.isEmpty();
            } else if (!words.isEmpty() || Character.isLetterOrDigit(c)) {
                words.append(blank ? " " : "").appendCodePoint(c);
                blank = false;
            }
        }
        return words.toString().toLowerCase(Locale.ROOT);
    }

    private String resolve() {
        if (isBare()) {
            return raw;
        }
        findRuns();
        while (at < raw.length()) {
            switch (raw.charAt(at)) {
                case '\\' -> escape();
                case '`' -> code();
                case '*', '_' -> emphasis();
                case '[' -> open();
                case ']' -> close();
                default -> out.append(raw.charAt(at++));
            }
        }
        var text = new StringBuilder(out.length());
        for (int i = 0; i < out.length(); i++) {
            if (!dropped.get(i)) {
                text.append(out.charAt(i));
            }
        }
        return text.toString();
    }

    private boolean isBare() {
        for (int i = 0; i < raw.length(); i++) {
            if ("\\`*_[]".indexOf(raw.charAt(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Where the last run of backticks of each length begins: no search for one that is not there.
     */
    private void findRuns() {
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) == '`') {
                int length = run(i);
                lastRun.put(length, i);
                i += length - 1;
            }
        }
    }

    private int run(int from) {
        int end = from;
        while (end < raw.length() && raw.charAt(end) == raw.charAt(from)) {
            end++;
        }
        return end - from;
    }

    private void escape() {
        boolean escapes = at + 1 < raw.length() && ESCAPABLE.indexOf(raw.charAt(at + 1)) >= 0;
        out.append(raw.charAt(escapes ? at + 1 : at));
        at += escapes ? 2 : 1;
    }

    private void code() {
        int length = run(at);
        int content = at + length;
        if (lastRun.getOrDefault(length, -1) < content) {
            out.append(raw, at, content);
            at = content;
            return;
        }
        int close = content;
        while (raw.charAt(close) != '`' || run(close) != length) {
            close += raw.charAt(close) == '`' ? run(close) : 1;
        }
        if (plain) {
            out.append(raw.substring(content, close).strip());
        } else {
            out.append(raw, at, close + length);
        }
        at = close + length;
    }

    private void emphasis() {
        char mark = raw.charAt(at);
        int length = run(at);
        int before = at == 0 ? ' ' : raw.codePointBefore(at);
        int after = at + length >= raw.length() ? ' ' : raw.codePointAt(at + length);
        boolean left =
                !isSpace(after)
                        && (!isPunctuation(after) || isSpace(before) || isPunctuation(before));
        boolean right =
                !isSpace(before)
                        && (!isPunctuation(before) || isSpace(after) || isPunctuation(after));
        boolean opens = left && (mark == '*' || !right || isPunctuation(before));
        boolean closes = right && (mark == '*' || !left || isPunctuation(after));
        int start = out.length();
        out.append(raw, at, at + length);
        at += length;
        int from = start;
        int end = start + length;
        var openers = mark == '*' ? stars : bars;
        while (closes && from < end && !openers.isEmpty()) {
            var opener = openers.peek();
            int pair = Math.min(opener[1] - opener[0], end - from);
            dropped.set(opener[1] - pair, opener[1]);
            dropped.set(from, from + pair);
            from += pair;
            opener[1] -= pair;
            if (opener[1] == opener[0]) {
                openers.pop();
            }
        }
        if (opens && from < end) {
            openers.push(new int[] {from, end});
        }
    }

    private void open() {
        brackets.push(out.length());
        out.append('[');
        at++;
    }

    private void close() {
        boolean link = plain && !brackets.isEmpty() && raw.startsWith("](", at);
        int end = link && lastClose > at ? raw.indexOf(')', at) : -1;
        int opened = brackets.isEmpty() ? -1 : brackets.pop();
        if (end < 0) {
            out.append(']');
            at++;
            return;
        }
        dropped.set(opened);
        if (opened > 0 && out.charAt(opened - 1) == '!') {
            dropped.set(opened - 1);
        }
        at = end + 1;
    }

    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static boolean isPunctuation(int c) {
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION,
                    Character.CURRENCY_SYMBOL,
                    Character.MATH_SYMBOL,
                    Character.MODIFIER_SYMBOL,
                    Character.OTHER_SYMBOL ->
                    true;
            default -> false;
        };
    }
}
