package dev.wharfinger.markdown;

/**
 * A YAML text that is refused: not YAML 1.2, a duplicate key, a tag, or beyond a limit. Lines and
 * columns count from 1; line 0 means the file as a whole.
 */
public final class YamlUnreadable extends Exception {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;
    private final int column;
    private final String reason;

    YamlUnreadable(String file, int line, int column, String reason) {
        super(
                file
                        + (line == 0 ? "" : ":" + line)
                        + (column == 0 ? "" : ":" + column)
                        + ": "
                        + reason);
        this.file = file;
        this.line = line;
        this.column = column;
        this.reason = reason;
    }

    public String file() {
        return file;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }

    public String reason() {
        return reason;
    }
}
