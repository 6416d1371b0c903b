package dev.wharfinger.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Markdown file as front matter, sections and blocks with exact lines: CommonMark with GFM tables
 * and task lists. A parsed outline describes the text that was given, whatever that was: only size
 * and broken front matter are refused, and hostile nesting is cut, not followed.
 *
 * @param lines the lines of the file without their ends; {@code \n}, {@code \r\n} and {@code \r}
 *     end a line, and a file that ends with one has no empty line after it
 */
public record Outline(
        String file,
        Optional<FrontMatter> frontMatter,
        List<Section> sections,
        List<Block> preamble,
        List<String> lines) {
    /** Bytes of UTF-8 that a file may have where the caller names no other limit. */
    public static final int DEFAULT_LIMIT = 256 * 1024;

    /** Lines that any file may have: 2 MiB of lines of 30 characters. */
    public static final int LINE_LIMIT = 70_000;

    public Outline {
        sections = List.copyOf(sections);
        preamble = List.copyOf(preamble);
        lines = List.copyOf(lines);
    }

    /** The outline of a text within the default limit. */
    public static Outline parse(String file, String text) throws MarkdownUnreadable {
        return parse(file, text, DEFAULT_LIMIT);
    }

    /** The outline of a text of at most so many bytes of UTF-8. */
    public static Outline parse(String file, String text, int limitBytes)
            throws MarkdownUnreadable {
        long bytes = utf8Length(text);
        if (bytes > limitBytes) {
            throw MarkdownUnreadable.tooLarge(file, bytes, limitBytes);
        }
        return new OutlineReader(file, text).read();
    }

    /** The first section, in the order of the file, whose title begins so; emoji and case aside. */
    public Optional<Section> section(String titlePrefix) {
        return allSections().filter(section -> section.isTitled(titlePrefix)).findFirst();
    }

    /** Every section in the order of the file. */
    public Stream<Section> allSections() {
        return sections.stream().flatMap(Section::all);
    }

    /**
     * Every top-level block in the order of the file; blocks inside quotes and items are theirs.
     */
    public List<Block> blocks() {
        var all = new ArrayList<>(preamble);
        allSections().forEach(section -> all.addAll(section.blocks()));
        return all;
    }

    private static long utf8Length(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }
}
