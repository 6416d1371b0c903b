package dev.wharfinger.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Optional;

/**
 * One request for a page. The transport has already looked at {@code Host} and {@code Origin}.
 *
 * @param port at which port of this machine it came in
 * @param path without the query, decoded
 * @param query each name once
 * @param headers by names in lower case, those that came once
 */
public record Ask(
        int port,
        String method,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        byte[] body) {
    boolean isGet() {
        return method.equals("GET");
    }

    boolean isPost() {
        return method.equals("POST");
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /** The value of this cookie. */
    Optional<String> cookie(String name) {
        for (String pair : header("cookie").orElse("").split(";")) {
            String[] parts = pair.strip().split("=", 2);
            if (parts.length == 2 && parts[0].equals(name)) {
                return Optional.of(parts[1]);
            }
        }
        return Optional.empty();
    }

    String text() {
        return new String(body, UTF_8);
    }
}
