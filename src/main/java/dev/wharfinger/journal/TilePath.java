package dev.wharfinger.journal;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of one tile of the log, as <a href="https://c2sp.org/tlog-tiles">C2SP tlog-tiles</a>
 * writes it: {@code tile/0/x001/234/067.p/5}, {@code tile/entries/003}.
 *
 * @param level of the tree, 256 hashes over 256 below; {@link #ENTRIES} for the entries themselves
 * @param number of the tile in its level, from 0
 * @param width how many hashes or entries of it; 256 where it is full
 */
public record TilePath(int level, long number, int width) {
    /** The level of the entries, below all hashes. */
    public static final int ENTRIES = -1;

    private static final Pattern TEXT =
            Pattern.compile(
                    "tile/(entries|[0-9]|[1-5][0-9]|6[0-3])/((?:x[0-9]{3}/){0,4}[0-9]{3})"
                            + "(?:\\.p/([1-9][0-9]{0,2}))?");

    /** The tile of this name; nothing where it is none, or not written in the one way. */
    public static Optional<TilePath> parse(String text) {
        Matcher match = TEXT.matcher(text);
        if (!match.matches() || match.group(2).startsWith("x000")) {
            return Optional.empty();
        }
        String part = match.group(3);
        int width = part == null ? Frontier.TILE : Integer.parseInt(part);
        if (width > Frontier.TILE || part != null && width == Frontier.TILE) {
            return Optional.empty();
        }
        String level = match.group(1);
        return Optional.of(
                new TilePath(
                        level.equals("entries") ? ENTRIES : Integer.parseInt(level),
                        Long.parseLong(match.group(2).replaceAll("[x/]", "")),
                        width));
    }

    /** The entry or subtree, counted in its level, with which the tile begins. */
    long from() {
        return number * Frontier.TILE;
    }

    /** The one behind its last. */
    long to() {
        return from() + width;
    }
}
