package dev.wharfinger.tool;

/**
 * Text of files and logs as it is shown: control, direction and invisible characters are taken out,
 * so that nothing in a file can play with the reader's terminal or hide from him. The bytes that
 * are hashed stay as they are.
 */
final class Shown {
    private Shown() {}

    static String safe(String text) {
        var safe = new StringBuilder(text.length());
        text.codePoints().filter(Shown::visible).forEach(safe::appendCodePoint);
        return safe.toString();
    }

    private static boolean visible(int c) {
        if (c == '\n' || c == '\t') {
            return true;
        }
        boolean control = Character.isISOControl(c);
        boolean direction =
                c >= 0x202A && c <= 0x202E
                        || c >= 0x2066 && c <= 0x2069
                        || c == 0x200E
                        || c == 0x200F;
        boolean invisible =
                c == 0x200B || c == 0x2060 || c == 0xFEFF || c >= 0xE0000 && c <= 0xE007F;
        return !control && !direction && !invisible;
    }

    /** One line of it, at most so long. */
    static String brief(String text, int most) {
        String line = safe(text).replace('\n', ' ').strip();
        return line.length() <= most ? line : line.substring(0, most - 1) + "…";
    }
}
