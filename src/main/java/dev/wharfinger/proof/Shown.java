package dev.wharfinger.proof;

/** Foreign text as it may be shown: one line, short, nothing that moves a terminal or the eye. */
final class Shown {
    private static final int LONGEST = 200;

    private Shown() {}

    static String text(String foreign) {
        StringBuilder shown = new StringBuilder();
        foreign.codePoints()
                .limit(LONGEST)
                .filter(Shown::isVisible)
                .map(point -> Character.isWhitespace(point) ? ' ' : point)
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }

    private static boolean isVisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL -> point == '\n' || point == '\t' || point == '\r';
            case Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
