package dev.wharfinger.markdown;

/**
 * One cell of a table. {@code start} and {@code end} bound the raw content within its line, between
 * the pipes and padding included, counted in chars of {@link Outline#lines()}; {@code text} is the
 * inline text, with {@code \|} resolved.
 */
public record Cell(int line, int start, int end, String text) {
    public Cell {
        if (line < 1 || start < 0 || end < start) {
            throw new IllegalArgumentException("cell " + line + ":" + start + "-" + end);
        }
    }
}
