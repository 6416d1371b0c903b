package dev.wharfinger.ledger;

import dev.wharfinger.rule.Source;

/**
 * A ledger file that would have to be written and cannot be, because it is not understood well
 * enough to keep every byte that is not ours. Names the file, the line (0 for the file as a whole)
 * and the reason. Reading the same file goes on.
 */
public final class LedgerUnwritable extends Exception {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;
    private final String reason;

    LedgerUnwritable(String file, int line, String reason) {
        super(new Source(file, line) + ": " + reason);
        this.file = file;
        this.line = line;
        this.reason = reason;
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

    public Source source() {
        return new Source(file, line);
    }
}
