package dev.wharfinger.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Locale;

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

    private enum At {
        FIRST_LINE,
        FIELDS,
        BODY,
        CHUNK_LINE,
        CHUNK,
        CHUNK_END,
        LAST_LINE
    }

    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private At at = At.FIRST_LINE;
    private boolean afterCr;
    private boolean old;
    private boolean counted;
    private boolean chunked;
    private boolean named;
    private long left;

    /** Reads on; the index of the first byte at fault, or {@code to}. Call it no more after one. */
    int take(ByteBuffer bytes, int from, int to) {
        int i = from;
        while (i < to) {
            if (at == At.BODY || at == At.CHUNK) {
                int part = (int) Math.min(left, to - i);
                left -= part;
                i += part;
                if (left == 0) {
                    at = at == At.BODY ? At.FIRST_LINE : At.CHUNK_END;
                }
            } else if (isSound(bytes.get(i))) {
                i++;
            } else {
                return i;
            }
        }
        return to;
    }

    /** Whether a head was complete and its body is being read. */
    boolean isInBody() {
        return at != At.FIRST_LINE && at != At.FIELDS;
    }

    private boolean isSound(byte b) {
        if (afterCr) {
            afterCr = false;
            return b == '\n' && isSound(ended());
        }
        if (b == '\r') {
            afterCr = true;
            return true;
        }
        boolean control = (b >= 0 && b < ' ' && b != '\t') || b == 0x7F;
        line.write(b);
        return !control
                && at != At.CHUNK_END
                && at != At.LAST_LINE
                && line.size() <= (at == At.CHUNK_LINE ? LONGEST_CHUNK_LINE : LONGEST_LINE);
    }

    private String ended() {
        String text = line.toString(ISO_8859_1);
        line.reset();
        return text;
    }

    private boolean isSound(String ended) {
        switch (at) {
            case FIRST_LINE -> {
                return isFirst(ended);
            }
            case FIELDS -> {
                if (!ended.isEmpty()) {
                    return isField(ended);
                }
                if (!named && !old) {
                    return false;
                }
                at = chunked ? At.CHUNK_LINE : left > 0 ? At.BODY : At.FIRST_LINE;
            }
            case CHUNK_LINE -> {
                return isChunk(ended);
            }
            case CHUNK_END -> at = At.CHUNK_LINE;
            case LAST_LINE -> at = At.FIRST_LINE;
            case BODY, CHUNK -> throw new IllegalStateException("no lines are read there");
        }
        return true;
    }

    /** {@code METHOD target HTTP/1.1}, with one blank between them. */
    private boolean isFirst(String text) {
        int first = text.indexOf(' ');
        int last = text.lastIndexOf(' ');
        String version = text.substring(last + 1);
        old = version.equals("HTTP/1.0");
        counted = false;
        chunked = false;
        named = false;
        left = 0;
        at = At.FIELDS;
        return first > 0
                && last > first + 1
                && isToken(text.substring(0, first))
                && isTarget(text.substring(first + 1, last))
                && (old || version.equals("HTTP/1.1"));
    }

    private static boolean isTarget(String text) {
        return (text.startsWith("/") || text.equals("*"))
                && text.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    /** {@code name: value}; a folded line begins with a blank, which no name does. */
    private boolean isField(String text) {
        int colon = text.indexOf(':');
        if (colon < 0 || !isToken(text.substring(0, colon))) {
            return false;
        }
        String value = text.substring(colon + 1).strip();
        return switch (text.substring(0, colon).toLowerCase(Locale.ROOT)) {
            case "content-length" -> isLength(value);
            case "transfer-encoding" -> isCoding(value);
            case "host" -> isHost(value);
            default -> true;
        };
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

    /** A name or an address, in brackets where it is one of IPv6, and a port. */
    private boolean isHost(String value) {
        int end = value.startsWith("[") ? value.indexOf(']') + 1 : value.indexOf(':');
        String name = end < 1 ? value : value.substring(0, end);
        String port = value.substring(name.length());
        boolean first = !named;
        named = true;
        return first
                && !name.isEmpty()
                && (name.startsWith("[") ? isAddress(name) : isAll(name, ".-_"))
                && (port.isEmpty() || isPort(port));
    }

    private static boolean isAddress(String bracketed) {
        String digits = bracketed.substring(1, bracketed.length() - 1);
        return bracketed.endsWith("]")
                && digits.chars().allMatch(c -> c == ':' || Character.digit(c, 16) >= 0 && c < 0x7F)
                && isLiteral(digits);
    }

    private static boolean isLiteral(String text) {
        try {
            return InetAddress.ofLiteral(text) instanceof Inet6Address;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isPort(String text) {
        String digits = text.substring(1);
        return text.charAt(0) == ':'
                && digits.length() <= 5
                && isDigits(digits, 10)
                && Integer.parseInt(digits) > 0
                && Integer.parseInt(digits) <= 65_535;
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

    private static boolean isDigits(String text, int radix) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> c < 0x7F && Character.digit(c, radix) >= 0);
    }

    private static boolean isToken(String text) {
        return !text.isEmpty() && isAll(text, "!#$%&'*+-.^_`|~");
    }

    /** Whether there are only letters and digits of ASCII and these. */
    private static boolean isAll(String text, String others) {
        return text.chars()
                .allMatch(c ->
                        (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || others.indexOf(c) >= 0);
    }
}
