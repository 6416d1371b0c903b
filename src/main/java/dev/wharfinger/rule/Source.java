package dev.wharfinger.rule;

/**
 * The line in which a rule, an item or a fact is written. Lines count from 1; line 0 means the file
 * as a whole.
 */
public record Source(String file, int line) {
    public Source {
        if (file.isBlank()) {
            throw new IllegalArgumentException("a source names its file");
        }
        if (line < 0) {
            throw new IllegalArgumentException("line " + line + " of " + file);
        }
    }

    /** As it is shown and stored: {@code prompts/deploy.md:18}. */
    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line;
    }
}
