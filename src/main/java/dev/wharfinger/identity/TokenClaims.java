package dev.wharfinger.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/** What a token claims. A claim of another type than it must have makes the whole token void. */
record TokenClaims(Map<String, Object> all) {
    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final double LAST_SECOND = 253_402_300_799d;

    /** The text of a claim; nothing where it is absent. */
    Optional<String> text(String name) throws TokenInvalid {
        Object value = all.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text && !text.isBlank()) {
            return Optional.of(text);
        }
        throw new TokenInvalid("the token's `" + name + "` is no text");
    }

    /** The words of a claim, written as one text or as a list. */
    List<String> words(String name) throws TokenInvalid {
        Object value = all.get(name);
        SequencedSet<String> words = new LinkedHashSet<>();
        switch (value) {
            case null -> {}
            case String text -> words.addAll(List.of(text.split(" ")));
            case List<?> list -> {
                for (Object one : list) {
                    if (!(one instanceof String word)) {
                        throw new TokenInvalid("the token's `" + name + "` is no list of words");
                    }
                    words.add(word);
                }
            }
            default -> throw new TokenInvalid("the token's `" + name + "` is no list of words");
        }
        return List.copyOf(words);
    }

    /** Whom it is for: one, or a list. */
    List<String> audiences() throws TokenInvalid {
        return all.get("aud") instanceof String one ? List.of(one) : words("aud");
    }

    /** Whether it holds now, give or take a minute; a token without an end never does. */
    void holds(Instant now) throws TokenInvalid {
        Instant end =
                time("exp").orElseThrow(() -> new TokenInvalid("the token says no end (exp)"));
        if (!now.isBefore(end.plus(SKEW))) {
            throw new TokenInvalid("the token has expired");
        }
        for (String begin : List.of("nbf", "iat")) {
            if (time(begin).filter(then -> now.plus(SKEW).isBefore(then)).isPresent()) {
                throw new TokenInvalid("the token does not hold yet (" + begin + ")");
            }
        }
    }

    private Optional<Instant> time(String name) throws TokenInvalid {
        Object value = all.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Number number) {
            double seconds = number.doubleValue();
            if (seconds >= 0 && seconds <= LAST_SECOND) {
                return Optional.of(Instant.ofEpochMilli((long) (seconds * 1000)));
            }
        }
        throw new TokenInvalid("the token's `" + name + "` is no time");
    }
}
