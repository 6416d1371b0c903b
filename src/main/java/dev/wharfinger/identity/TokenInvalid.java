package dev.wharfinger.identity;

/** Why a token is not taken. The reason never holds any of its text. */
final class TokenInvalid extends Exception {
    private static final long serialVersionUID = 1;
    private final String reason;

    TokenInvalid(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
