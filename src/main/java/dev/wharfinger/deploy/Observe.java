package dev.wharfinger.deploy;

/** Where a running service tells its version. */
public sealed interface Observe {
    /**
     * A JSON value. It is read at this pointer (RFC 6901) of the health answer; where that holds no
     * such value, the same text is asked for as a path of the same server, whose answer is a JSON
     * text, a JSON object with the pointer, or plain text.
     */
    record Json(String pointer) implements Observe {
        public Json {
            if (!pointer.startsWith("/") || pointer.length() < 2) {
                throw new IllegalArgumentException("a JSON pointer begins with /: " + pointer);
            }
        }
    }

    /** A header of the health answer. */
    record Header(String name) implements Observe {
        public Header {
            if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")) {
                throw new IllegalArgumentException("not a header's name: " + name);
            }
        }
    }
}
