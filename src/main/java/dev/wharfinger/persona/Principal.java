package dev.wharfinger.persona;

import java.util.Optional;

/**
 * Whose credential a call carries: {@code token:NAME@PERSON}, {@code local:USER} over stdio, {@code
 * local:USER/PERSON} where somebody said for whom that user works. Never the agent's own word.
 */
public record Principal(String value) {
    private static final String LOCAL = "local:";
    private static final String TOKEN = "token:";

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
        return new Principal(LOCAL + user);
    }

    /** The same, working for that person; a user's name holds no {@code /}. */
    public static Principal local(String user, String person) {
        return new Principal(LOCAL + user + "/" + person);
    }

    /** The principal of whoever has that token, working for that person. */
    public static Principal token(String name, String person) {
        return new Principal(TOKEN + name + "@" + person);
    }

    /** The user of this machine; empty where a token came from anywhere. */
    public Optional<String> localUser() {
        return value.startsWith(LOCAL)
                ? Optional.of(value.substring(LOCAL.length()).split("/", 2)[0])
                : Optional.empty();
    }

    /** The person for whom the credential was made, where that was said. */
    public Optional<String> person() {
        int at = value.startsWith(LOCAL) ? value.indexOf('/') : value.lastIndexOf('@');
        boolean said = value.startsWith(LOCAL) || value.startsWith(TOKEN);
        return said && at >= 0 ? Optional.of(value.substring(at + 1)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
