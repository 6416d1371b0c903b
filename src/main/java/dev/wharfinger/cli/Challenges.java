package dev.wharfinger.cli;

import dev.wharfinger.server.Admission.Decision.Denied;

import java.net.URI;
import java.util.Optional;

/**
 * How a request without a credential that counts is answered (RFC 6750), and, where tokens of an
 * issuer are taken, where a client learns whom to ask for one (RFC 9728).
 *
 * @param metadata where this server's own metadata is
 */
record Challenges(Optional<URI> metadata) {
    /** What a client asks for that nobody told anything else. */
    static final String SCOPE = "persona:deploy";

    /** There is no bearer token. */
    Denied missing() {
        return denied(401, "", "a bearer token is needed");
    }

    /** The header is there, and is no header of one bearer token. */
    Denied malformed() {
        String why = "send one Authorization: Bearer TOKEN";
        return metadata.isPresent() ? denied(400, "invalid_request", why) : invalid(why);
    }

    /** The token does not count, or counts no more. */
    Denied invalid(String why) {
        return denied(401, "invalid_token", why);
    }

    /** The token counts, and is no persona. */
    Denied insufficient(String why) {
        return denied(403, "insufficient_scope", why);
    }

    private Denied denied(int status, String error, String why) {
        var challenge = new StringBuilder("Bearer ");
        if (metadata.isEmpty()) {
            challenge.append("realm=\"wharfinger\"");
            if (!error.isEmpty()) {
                challenge.append(", error=\"").append(error).append('"');
            }
            return new Denied(status, challenge.toString(), why);
        }
        if (!error.isEmpty()) {
            challenge.append("error=\"").append(error).append("\", error_description=\"");
            challenge.append(why.replaceAll("[^ !#-\\[\\]-~]", "'")).append("\", ");
        }
        if (status != 400) {
            challenge.append("scope=\"").append(SCOPE).append("\", ");
        }
        challenge.append("resource_metadata=\"").append(metadata.get()).append('"');
        return new Denied(status, challenge.toString(), why);
    }
}
