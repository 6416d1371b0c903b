package dev.wharfinger.ledger;

/** How many columns a text takes in an editor with a fixed font; near enough to align tables. */
final class TextWidth {
    private TextWidth() {}

    static int of(String text) {
        return text.codePoints().map(TextWidth::of).sum();
    }

    private static int of(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(c) ? 2 : 1;
        };
    }

    private static boolean isWide(int c) {
        return c >= 0x1F300 && c <= 0x1FAFF
                || Character.isEmojiPresentation(c)
                || Character.isIdeographic(c)
                || c >= 0xAC00 && c <= 0xD7A3
                || c >= 0xFF01 && c <= 0xFF60;
    }
}
