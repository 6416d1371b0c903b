package dev.wharfinger.identity;

import dev.wharfinger.persona.PersonaName;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * {@code <state>/tokens}: a line each, {@code HASH NAME PERSONA PERSON EXPIRES}, with {@code -} for
 * never, and {@code user:NAME} for the hash where a user of this machine is it. It is read anew
 * whenever it has changed, so a token that was revoked is refused ten milliseconds later; a line
 * that cannot be read is nobody's token.
 */
public final class TokenFile {
    private static final String USER = "user:";

    /** So long a look counts: thousands of calls a second need not ask the disk each. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Path path;
    private volatile Look last = Look.none();

    private record Look(long modified, long size, List<Token> tokens, long at) {
        static Look none() {
            return new Look(-1, -1, List.of(), System.nanoTime() - LOOK_NANOS);
        }
    }

    public TokenFile(Path path) {
        this.path = path;
    }

    /** Every token. */
    public List<Token> all() throws IOException {
        Look known = last;
        if (System.nanoTime() - known.at() < LOOK_NANOS) {
            return known.tokens();
        }
        long at = System.nanoTime();
        BasicFileAttributes now;
        try {
            now = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException none) {
            return List.of();
        }
        if (!now.isRegularFile()) {
            return List.of();
        }
        long modified = now.lastModifiedTime().toMillis();
        long size = now.size();
        if (known.modified() == modified && known.size() == size) {
            last = new Look(modified, size, known.tokens(), at);
            return known.tokens();
        }
        List<Token> tokens =
                Files.readAllLines(path, StandardCharsets.UTF_8).stream()
                        .flatMap(line -> read(line).stream())
                        .toList();
        last = new Look(modified, size, tokens, at);
        return tokens;
    }

    /** The token of this secret, expired or not. */
    public Optional<Token> of(String secret) throws IOException {
        return ofHash(SecretHash.of(secret));
    }

    /** The token of the secret with this hash, expired or not. */
    public Optional<Token> ofHash(SecretHash hash) throws IOException {
        for (Token token : all()) {
            if (token.isOf(hash)) {
                return Optional.of(token);
            }
        }
        return Optional.empty();
    }

    /** The tokens that this user has by being who he is, expired or not. */
    public List<Token> of(Peer peer) throws IOException {
        return all().stream().filter(token -> token.isOf(peer)).toList();
    }

    /**
     * Adds a token.
     *
     * @throws IllegalArgumentException where one of that name is there
     */
    public void add(Token token) throws IOException {
        var tokens = new ArrayList<>(all());
        if (tokens.stream().anyMatch(other -> other.name().equals(token.name()))) {
            throw new IllegalArgumentException("there is a token `" + token.name() + "` already");
        }
        tokens.add(token);
        write(tokens);
    }

    /** Takes the token of that name out; false where there is none. */
    public boolean revoke(String name) throws IOException {
        List<Token> before = all();
        List<Token> after = before.stream().filter(token -> !token.name().equals(name)).toList();
        if (after.size() == before.size()) {
            return false;
        }
        write(after);
        return true;
    }

    private static Optional<Token> read(String line) {
        String[] parts = line.split(" ", -1);
        if (parts.length != 5) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Token(
                            parts[1],
                            new PersonaName(parts[2]),
                            parts[3],
                            shown(parts[0]),
                            parts[4].equals("-")
                                    ? Optional.empty()
                                    : Optional.of(Instant.parse(parts[4]))));
        } catch (IllegalArgumentException | DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    private static Token.Shown shown(String word) {
        return word.startsWith(USER)
                ? new Token.Shown.ByUser(word.substring(USER.length()))
                : new Token.Shown.BySecret(SecretHash.parse(word));
    }

    private static String text(Token.Shown shown) {
        return switch (shown) {
            case Token.Shown.BySecret(var hash) -> hash.toString();
            case Token.Shown.ByUser(var user) -> USER + user;
        };
    }

    /** All of it or nothing: a new file takes the place of the old one. */
    private void write(List<Token> tokens) throws IOException {
        var text = new StringBuilder();
        for (Token token : tokens) {
            text.append(text(token.shown()))
                    .append(' ')
                    .append(token.name())
                    .append(' ')
                    .append(token.persona().value())
                    .append(' ')
                    .append(token.person())
                    .append(' ')
                    .append(token.expires().map(Instant::toString).orElse("-"))
                    .append('\n');
        }
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(
                fresh,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, text, StandardCharsets.UTF_8);
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        last = Look.none();
    }
}
