package dev.wharfinger.identity;

import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.persona.Principal;

import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What lets an agent in, as it is kept: as which persona, for which human, and how it is shown.
 *
 * @param person the human for whom it was made
 */
public record Token(
        String name, PersonaName persona, String person, Shown shown, Optional<Instant> expires) {
    /** How whoever has it shows that. */
    public sealed interface Shown {
        /** By a secret of 256 random bits, shown once, so one round of SHA-256 is enough. */
        record BySecret(SecretHash hash) implements Shown {}

        /** By being that user of this machine, which the kernel says. */
        record ByUser(String user) implements Shown {
            public ByUser {
                if (!isUser(user)) {
                    throw new IllegalArgumentException("not a user's name: `" + user + "`");
                }
            }
        }
    }

    private static final String PREFIX = "wharf_";
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
    private static final String USER = "[A-Za-z0-9_][A-Za-z0-9._-]{0,63}[$]?";
    private static final String PERSON = "[A-Za-z0-9][A-Za-z0-9._+-]{0,63}";

    public Token {
        if (!isName(name)) {
            throw new IllegalArgumentException("not a token's name: `" + name + "`");
        }
        if (!isPerson(person)) {
            throw new IllegalArgumentException("not a person's name: `" + person + "`");
        }
    }

    /** Whether a token may be called that. */
    public static boolean isName(String text) {
        return text.matches(NAME);
    }

    /** Whether a person may be called that. */
    public static boolean isPerson(String text) {
        return text.matches(PERSON);
    }

    /** Whether a user of this machine may be called that here. */
    public static boolean isUser(String text) {
        return text.matches(USER);
    }

    /** A fresh secret; the random source must be cryptographically strong. */
    public static String secret(RandomGenerator random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Whether this is the token of that secret's hash. */
    public boolean isOf(SecretHash other) {
        return shown instanceof Shown.BySecret(var hash) && hash.matches(other);
    }

    /** By the name alone, of which there is one in a file; all of it is compared. */
    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** Whether that user has it by being who he is. */
    boolean isOf(Peer peer) {
        return shown instanceof Shown.ByUser(var user) && peer.user().equals(user);
    }

    /** Whether it still holds. */
    public boolean holds(Instant now) {
        return expires.filter(end -> !now.isBefore(end)).isEmpty();
    }

    /**
     * The principal of calls with it, with the human behind it: the token's name; a user of this
     * machine is himself, whichever of his tokens let him in.
     */
    public Principal principal() {
        return switch (shown) {
            case Shown.BySecret _ -> Principal.token(name, person);
            case Shown.ByUser(var user) -> Principal.local(user, person);
        };
    }
}
