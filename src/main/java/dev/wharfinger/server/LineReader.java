package dev.wharfinger.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Splits a stream of bytes into lines at each LF, never holding more than one line and never more
 * of it than the limit. A line that is too long is reported once and skipped to its end.
 */
final class LineReader {
    /** What came next. */
    sealed interface Line {
        /** The bytes of a line without its LF; the last one may have had none. */
        record Bytes(byte[] bytes) implements Line {}

        /** A line beyond the limit, told while the rest of it is yet to be skipped. */
        record TooLong() implements Line {}

        /** Nothing more comes. */
        record End() implements Line {}
    }

    private final InputStream in;
    private final int limit;
    private final byte[] chunk = new byte[16 << 10];
    private int at;
    private int filled;
    private byte[] line = new byte[4 << 10];
    private boolean skipping;

    LineReader(InputStream in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /** Blocks for the next line. */
    Line next() throws IOException {
        int length = 0;
        while (true) {
            if (at == filled && !fill()) {
                return length > 0 ? new Line.Bytes(taken(length)) : new Line.End();
            }
            int end = at;
            while (end < filled && chunk[end] != '\n') {
                end++;
            }
            int part = end - at;
            boolean complete = end < filled;
            if (skipping) {
                skipping = !complete;
                at = complete ? end + 1 : end;
                continue;
            }
            if (length + part > limit) {
                skipping = !complete;
                at = complete ? end + 1 : end;
                line = new byte[4 << 10];
                return new Line.TooLong();
            }
            if (length + part > line.length) {
                line = Arrays.copyOf(line, Math.min(limit, Math.max(length + part, 2 * length)));
            }
            System.arraycopy(chunk, at, line, length, part);
            length += part;
            at = complete ? end + 1 : end;
            if (complete) {
                return new Line.Bytes(taken(length));
            }
        }
    }

    private byte[] taken(int length) {
        byte[] bytes = Arrays.copyOf(line, length);
        if (line.length > (1 << 20)) {
            line = new byte[4 << 10];
        }
        return bytes;
    }

    private boolean fill() throws IOException {
        int read = in.read(chunk);
        at = 0;
        filled = Math.max(read, 0);
        return read > 0;
    }
}
