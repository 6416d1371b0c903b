package dev.wharfinger.persona;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Whose credential a call carries: {@code token:NAME@PERSON}, {@code oauth:SUBJECT@PERSON}, {@code
 * local:USER} over stdio, {@code local:USER/PERSON} where somebody said for whom that user works.
 * Never the agent's own word.
 */
public record Principal(String value) {
    private static final String LOCAL = "local:";
    private static final String TOKEN = "token:";
    private static final String OAUTH = "oauth:";
    private static final String PLAIN = "._+:|/=-";
    private static final int LONGEST = 120;

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

    /**
     * The principal of an issuer's subject, working for that person. Both may be any text: what is
     * no plain sign is written as {@code %XX}, and a subject that is too long as {@code ~} and its
     * hash, so no two become one.
     */
    public static Principal oauth(String subject, String person) {
        String plain = plain(subject);
        String written = plain.length() > LONGEST ? "~" + hash(subject) : plain;
        return new Principal(OAUTH + written + "@" + plain(person));
    }

    private static String plain(String text) {
        var plain = new StringBuilder();
        for (byte one : text.getBytes(UTF_8)) {
            char sign = (char) (one & 0xff);
            boolean letter = sign < 0x80 && Character.isLetterOrDigit(sign);
            if (letter || PLAIN.indexOf(sign) >= 0) {
                plain.append(sign);
            } else {
                plain.append('%').append(HexFormat.of().withUpperCase().toHexDigits(one));
            }
        }
        return plain.toString();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
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
        boolean oauth = value.startsWith(OAUTH);
        boolean said = oauth || value.startsWith(LOCAL) || value.startsWith(TOKEN);
        return said && at >= 0
                ? Optional.of(value.substring(at + 1)).map(name -> oauth ? read(name) : name)
                : Optional.empty();
    }

    /** A plus stands for itself. */
    private static String read(String plain) {
        return URLDecoder.decode(plain.replace("+", "%2B"), UTF_8);
    }

    @Override
    public String toString() {
        return value;
    }
}
