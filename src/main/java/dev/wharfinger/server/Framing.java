package dev.wharfinger.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Where requests of one HTTP/1.1 connection begin and end, read strictly and before anybody else
 * reads them. What two readers could understand differently is at fault: a bare CR or LF, a folded
 * field, a control character, a length said twice or not in digits, any coding but {@code chunked},
 * a chunk that is not followed by its line end, a trailer, a Host that is missing, doubled or no
 * plain name, a target with a host of its own. So a proxy in front of us and the server behind this
 * see the same requests, or none.
 */
final class Framing {
    private static final int LONGEST_LINE = 16 << 10;
    private static final int LONGEST_CHUNK_LINE = 256;
    private static final byte[] VERSION = "HTTP/1.1".getBytes(ISO_8859_1);
    private static final ThreadLocal<byte[]> CHUNK =
            ThreadLocal.withInitial(() -> new byte[LONGEST_LINE]);
    private static final boolean[] TOKEN = new boolean[128];
    private static final boolean[] TEXT = new boolean[256];

    static {
        for (int c = 0; c < TEXT.length; c++) {
            TEXT[c] = c == '\t' || c >= ' ' && c != 0x7F;
        }
        for (char c = 0; c < TOKEN.length; c++) {
            TOKEN[c] = isAll(String.valueOf(c), "!#$%&'*+-.^_`|~");
        }
    }

    private enum At {
        FIRST_LINE,
        FIELDS,
        BODY,
        CHUNK_LINE,
        CHUNK,
        CHUNK_END,
        LAST_LINE
    }

    private byte[] line = new byte[512];
    private byte[] host = {};
    private int length;
    private At at = At.FIRST_LINE;
    private boolean afterCr;
    private boolean old;
    private boolean counted;
    private boolean chunked;
    private boolean named;
    private long left;

    /** Reads on; the index of the first byte at fault, or {@code to}. Call it no more after one. */
    int take(ByteBuffer bytes, int from, int to) {
        int size = to - from;
        byte[] chunk = size > LONGEST_LINE ? new byte[size] : CHUNK.get();
        bytes.get(from, chunk, 0, size);
        return from + take(chunk, size);
    }

    private int take(byte[] chunk, int to) {
        int i = 0;
        while (i < to) {
            if (at == At.BODY || at == At.CHUNK) {
                int part = (int) Math.min(left, to - i);
                left -= part;
                i += part;
                if (left == 0) {
                    at = at == At.BODY ? At.FIRST_LINE : At.CHUNK_END;
                }
            } else if (afterCr) {
                afterCr = false;
                if (chunk[i] != '\n' || !isLineSound()) {
                    return i;
                }
                i++;
            } else {
                i = text(chunk, i, to);
                if (i < to && chunk[i] != '\r') {
                    return i;
                }
                afterCr = i < to;
                i++;
            }
        }
        return to;
    }

    /** Takes what may stand in a line, and as much of it as one may have; where that ends. */
    private int text(byte[] chunk, int from, int to) {
        int longest =
                switch (at) {
                    case CHUNK_END, LAST_LINE -> 0;
                    case CHUNK_LINE -> LONGEST_CHUNK_LINE;
                    default -> LONGEST_LINE;
                };
        int end = Math.min(to, from + longest - length);
        int i = from;
        while (i < end && TEXT[chunk[i] & 0xFF]) {
            i++;
        }
        int more = i - from;
        if (length + more > line.length) {
            line = Arrays.copyOf(line, Math.max(length + more, length * 2));
        }
        System.arraycopy(chunk, from, line, length, more);
        length += more;
        return i;
    }

    /** Whether a head was complete and its body is being read. */
    boolean isInBody() {
        return at != At.FIRST_LINE && at != At.FIELDS;
    }

    private boolean isLineSound() {
        int size = length;
        length = 0;
        return isSound(size);
    }

    /** What stands in the line between these. */
    private String text(int from, int to) {
        return new String(line, from, to - from, ISO_8859_1);
    }

    /** Whether a line of that many bytes may stand here. Most are judged without a string. */
    private boolean isSound(int size) {
        switch (at) {
            case FIRST_LINE -> {
                return isFirst(size);
            }
            case FIELDS -> {
                if (size > 0) {
                    return isField(size);
                }
                if (!named && !old) {
                    return false;
                }
                at = chunked ? At.CHUNK_LINE : left > 0 ? At.BODY : At.FIRST_LINE;
            }
            case CHUNK_LINE -> {
                return isChunk(text(0, size));
            }
            case CHUNK_END -> at = At.CHUNK_LINE;
            case LAST_LINE -> at = At.FIRST_LINE;
            case BODY, CHUNK -> throw new IllegalStateException("no lines are read there");
        }
        return true;
    }

    /** {@code METHOD target HTTP/1.1}, with one blank between them. */
    private boolean isFirst(int size) {
        int first = token(size);
        int last = size - VERSION.length - 1;
        counted = false;
        chunked = false;
        named = false;
        left = 0;
        at = At.FIELDS;
        if (first == 0 || last <= first + 1 || line[first] != ' ' || line[last] != ' ') {
            return false;
        }
        for (int i = 0; i < VERSION.length - 1; i++) {
            if (line[last + 1 + i] != VERSION[i]) {
                return false;
            }
        }
        old = line[size - 1] == '0';
        return (old || line[size - 1] == '1') && isTarget(first + 1, last);
    }

    private boolean isTarget(int from, int to) {
        for (int i = from; i < to; i++) {
            if (line[i] <= ' ' || line[i] == 0x7F) { // bytes beyond ASCII are negative
                return false;
            }
        }
        return line[from] == '/' || line[from] == '*' && to == from + 1;
    }

    /** {@code name: value}; a folded line begins with a blank, which no name does. */
    private boolean isField(int size) {
        int colon = token(size);
        if (colon == 0 || colon == size || line[colon] != ':') {
            return false;
        }
        return switch (colon) {
            case 14 -> !isName("content-length") || isLength(value(colon, size));
            case 17 -> !isName("transfer-encoding") || isCoding(value(colon, size));
            case 4 -> !isName("host") || isHost(colon, size);
            default -> true;
        };
    }

    private String value(int colon, int size) {
        return text(colon + 1, size).strip();
    }

    /** Whether the line begins with this, in whatever case. */
    private boolean isName(String lower) {
        for (int i = 0; i < lower.length(); i++) {
            if (Character.toLowerCase((char) line[i]) != lower.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** How much of the line's beginning is a token. */
    private int token(int size) {
        int i = 0;
        while (i < size && line[i] >= 0 && TOKEN[line[i]]) {
            i++;
        }
        return i;
    }

    private boolean isLength(String value) {
        if (counted || chunked || value.length() > 18 || !isDigits(value, 10)) {
            return false;
        }
        counted = true;
        left = Long.parseLong(value);
        return true;
    }

    private boolean isCoding(String value) {
        if (counted || chunked || old || !value.equalsIgnoreCase("chunked")) {
            return false;
        }
        chunked = true;
        return true;
    }

    /** Clients say the same in every request, so what was sound before is not looked at again. */
    private boolean isHost(int colon, int size) {
        boolean first = !named;
        named = true;
        if (!Arrays.equals(line, 0, size, host, 0, host.length)) {
            if (!HostField.isSound(value(colon, size))) {
                return false;
            }
            host = Arrays.copyOf(line, size);
        }
        return first;
    }

    private boolean isChunk(String text) {
        int end = text.indexOf(';');
        String size = end < 0 ? text : text.substring(0, end);
        if (size.length() > 8 || !isDigits(size, 16)) {
            return false;
        }
        left = Long.parseLong(size, 16);
        at = left > 0 ? At.CHUNK : At.LAST_LINE;
        return left <= Integer.MAX_VALUE;
    }

    static boolean isDigits(String text, int radix) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x7F || Character.digit(c, radix) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Whether there are only letters and digits of ASCII and these. */
    static boolean isAll(String text, String others) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < 'a' || c > 'z')
                    && (c < 'A' || c > 'Z')
                    && (c < '0' || c > '9')
                    && others.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
