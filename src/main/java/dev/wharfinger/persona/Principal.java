package dev.wharfinger.persona;

/**
 * Whose credential a call carries: a token's name, an OAuth subject, or {@code local:anna} over
 * stdio. Never the agent's own word.
 */
public record Principal(String value) {
    public Principal {
        if (value.isBlank() || value.length() > 256) {
            throw new IllegalArgumentException("not a principal: `" + value + "`");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a principal has no control characters");
        }
    }

    /** The principal of whoever runs a process on this machine as that user. */
    public static Principal local(String user) {
        return new Principal("local:" + user);
    }

    @Override
    public String toString() {
        return value;
    }
}
