package dev.wharfinger.markdown;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A heading with what stands below it: blocks up to the next heading, then the sections of deeper
 * levels. The title is plain text with its emoji. {@code endLine} is the last line before the next
 * heading of the same or a higher level, blank lines included.
 */
public record Section(
        int level,
        String title,
        int line,
        int endLine,
        List<Block> blocks,
        List<Section> children) {
    public Section {
        blocks = List.copyOf(blocks);
        children = List.copyOf(children);
    }

    /** This section and every one below it, in the order of the file. */
    public Stream<Section> all() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(Section::all));
    }

    /** The first section, this one or below, whose title begins so; emoji and case do not count. */
    public Optional<Section> section(String titlePrefix) {
        return all().filter(section -> section.isTitled(titlePrefix)).findFirst();
    }

    /** Whether the title begins with these words, emoji, punctuation before them and case aside. */
    public boolean isTitled(String prefix) {
        return begins(Inline.words(title), Inline.words(prefix));
    }

    /** The first of these, lower case and one blank between words, with which the title begins. */
    public Optional<String> titledBy(Collection<String> beginnings) {
        String own = Inline.words(title);
        return beginnings.stream().filter(wanted -> begins(own, wanted)).findFirst();
    }

    private static boolean begins(String title, String wanted) {
        return title.startsWith(wanted)
                && (title.length() == wanted.length()
                        || !Character.isLetterOrDigit(title.codePointAt(wanted.length())));
    }
}
