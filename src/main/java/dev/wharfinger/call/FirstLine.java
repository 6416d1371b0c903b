package dev.wharfinger.call;

/**
 * The first line of an answer: the verdict, who acts next and how. It is short, since models and
 * people often read no further; what does not fit stands in the line below it.
 */
public final class FirstLine {
    /** Characters that it has at most. */
    public static final int MOST = 200;

    private FirstLine() {}

    /** The verdict as a first line, and the rest of it in a second one where it is too long. */
    public static String of(String verdict) {
        String line = verdict.replaceAll("\\s*\\R\\s*", " ");
        if (line.length() <= MOST) {
            return line;
        }
        int at = line.offsetByCodePoints(0, line.codePointCount(0, MOST - 2));
        return line.substring(0, at) + "…\n…" + line.substring(at);
    }
}
