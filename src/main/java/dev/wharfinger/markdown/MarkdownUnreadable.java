package dev.wharfinger.markdown;

import dev.wharfinger.rule.Source;

/**
 * A Markdown file that gives no outline: too large, or its front matter is broken. Names the file,
 * the line (0 for the file as a whole) and the reason, and says which of the two it was.
 */
public final class MarkdownUnreadable extends Exception {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;
    private final String reason;
    private final boolean tooLarge;

    private MarkdownUnreadable(String file, int line, String reason, boolean tooLarge) {
        super(new Source(file, line) + ": " + reason);
        this.file = file;
        this.line = line;
        this.reason = reason;
        this.tooLarge = tooLarge;
    }

    static MarkdownUnreadable at(String file, int line, String reason) {
        return new MarkdownUnreadable(file, line, reason, false);
    }

    static MarkdownUnreadable tooLarge(String file, long bytes, long limit) {
        return new MarkdownUnreadable(
                file, 0, "is " + bytes + " bytes; the limit is " + limit, true);
    }

    public String file() {
        return file;
    }

    /** Counted from 1; 0 means the file as a whole. */
    public int line() {
        return line;
    }

    public String reason() {
        return reason;
    }

    /** Whether the size limit was exceeded, which callers answer with {@code limit.too-large}. */
    public boolean tooLarge() {
        return tooLarge;
    }

    public Source source() {
        return new Source(file, line);
    }
}
