package dev.wharfinger.server;

import java.util.Optional;

/** What is read with GET beside MCP: probes, figures, the log. */
@FunctionalInterface
public interface Pages {
    /** One answer. */
    record Page(int status, String type, byte[] body) {
        /** Text of a line or more. */
        public static Page text(int status, String text) {
            return new Page(
                    status,
                    "text/plain; charset=utf-8",
                    text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    /** The page of this path; nothing where there is none. */
    Optional<Page> get(String path);
}
