package dev.wharfinger.persona;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Words by which the meaning of a line is recognised. The clue that stands first in the line wins,
 * because a line says what it is about before it says what goes with it; of two at the same place
 * the one that was declared first.
 */
final class Clues<T> {
    private record Clue<T>(Pattern words, T meaning) {}

    private final List<Clue<T>> clues = new ArrayList<>();

    /** One more meaning, by a regular expression in which case does not count. */
    Clues<T> when(String words, T meaning) {
        clues.add(new Clue<>(Pattern.compile(words, Pattern.CASE_INSENSITIVE), meaning));
        return this;
    }

    /** What the line means, or nothing where no clue is in it. */
    Optional<T> meaningOf(String line) {
        Optional<T> meaning = Optional.empty();
        int first = Integer.MAX_VALUE;
        for (Clue<T> clue : clues) {
            var matcher = clue.words().matcher(line);
            if (matcher.find() && matcher.start() < first) {
                first = matcher.start();
                meaning = Optional.of(clue.meaning());
            }
        }
        return meaning;
    }
}
