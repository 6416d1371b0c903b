package dev.wharfinger.server;

import dev.wharfinger.mcp.Headers;

/** Whose credential a request carries. Asked for every request, sessions or not. */
@FunctionalInterface
public interface Admission {
    /** Decides from the header fields alone; a credential in a URL is never read. */
    Decision admit(Headers headers);

    /** Come in as this caller, or an HTTP status with its challenge. */
    sealed interface Decision {
        /** {@code caller} is compared by {@code equals} with the one who opened a session. */
        record Admitted(Object caller) implements Decision {}

        /** 401 or 403 with the value of {@code WWW-Authenticate}, empty for none. */
        record Denied(int status, String challenge, String reason) implements Decision {}
    }
}
