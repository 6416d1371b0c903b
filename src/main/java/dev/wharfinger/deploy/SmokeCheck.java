package dev.wharfinger.deploy;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * One request that a live release must answer. Redirects are answers, never followed.
 *
 * @param contains text that the body holds, compared as UTF-8
 * @param within how long the whole answer may take
 */
public record SmokeCheck(URI url, int status, Optional<String> contains, Duration within) {
    /** How long an answer may take, where nothing else is declared. */
    public static final Duration WITHIN = Duration.ofSeconds(5);

    public SmokeCheck {
        HttpAddress.check("a smoke test", url);
        if (status < 100 || status > 599) {
            throw new IllegalArgumentException("not an HTTP status: " + status);
        }
        if (!within.isPositive()) {
            throw new IllegalArgumentException("a smoke test takes some time: " + within);
        }
    }

    /** What is expected, for people: {@code 200, contains "Welcome", within 2000 ms}. */
    public String expected() {
        return status
                + contains.map(text -> ", contains \"" + text + "\"").orElse("")
                + ", within "
                + within.toMillis()
                + " ms";
    }
}
