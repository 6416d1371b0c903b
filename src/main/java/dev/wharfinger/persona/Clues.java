package dev.wharfinger.persona;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Words by which the meaning of a line is recognised. The clue that stands first in the line wins,
 * because a line says what it is about before it says what goes with it; of two at the same place
 * the one that was declared first.
 */
final class Clues<T> {
    private record Clue<T>(String group, String words, T meaning) {}

    private final List<Clue<T>> clues = new ArrayList<>();
    private @Nullable Pattern any;

    /** One more meaning, by a regular expression in which case does not count. */
    synchronized Clues<T> when(String words, T meaning) {
        clues.add(new Clue<>("clue" + clues.size(), words, meaning));
        any = null;
        return this;
    }

    /** What the line means, or nothing where no clue is in it. */
    Optional<T> meaningOf(String line) {
        var matcher = any().matcher(line);
        if (!matcher.find()) {
            return Optional.empty();
        }
        return clues.stream()
                .filter(clue -> matcher.start(clue.group()) >= 0)
                .map(Clue::meaning)
                .findFirst();
    }

    /** All clues as one expression: a line is searched once, whatever the number of clues. */
    private synchronized Pattern any() {
        if (any == null) {
            String words =
                    clues.stream()
                            .map(clue -> "(?<" + clue.group() + ">" + clue.words() + ")")
                            .collect(Collectors.joining("|"));
            any = Pattern.compile(words, Pattern.CASE_INSENSITIVE);
        }
        return any;
    }
}
